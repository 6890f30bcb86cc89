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
