"""Dumping and loading of the two databases, SQLite and PostgreSQL."""

from django.db import connection

from core.backup.engines.base import Engine
from core.backup.engines.postgresql import PostgreSQL
from core.backup.engines.sqlite import SQLite


def engine() -> Engine:
    """Return the engine of the database to which Django is connected. Raise KeyError for other databases."""
    engines: dict[str, type[Engine]] = {"sqlite": SQLite, "postgresql": PostgreSQL}
    return engines[connection.vendor]()
