"""The statistics by which the database plans its queries."""

from django.db import connection
from django.utils import timezone

ROWS = 1000
"""Rows of each index that SQLite reads for its statistics, however large the table is."""


def analyse() -> None:
    """Write the statistics anew, of all tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {ROWS}")
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            # It notes nothing about empty tables and plans with a million rows in them: it would read all pages
            # first and ask for each whether there is a view restriction.
            cursor.execute(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) SELECT name, NULL, '1' FROM sqlite_schema "
                "WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE 'CREATE VIRTUAL%' "
                "AND name NOT IN (SELECT tbl FROM sqlite_stat1)"
            )
            cursor.execute("ANALYZE sqlite_schema")


def analyse_daily() -> None:
    """Periodic job: write the statistics anew where that was not done today. PostgreSQL does so by itself."""
    if connection.vendor != "sqlite":
        return
    today = timezone.localdate().toordinal()
    with connection.cursor() as cursor:
        # A number in the file's header, which SQLite leaves to the application: here the day of the last time.
        cursor.execute("PRAGMA user_version")
        if cursor.fetchone() == (today,):
            return
        analyse()
        cursor.execute(f"PRAGMA user_version = {today}")
