"""What differs between the two databases: a snapshot of one moment, and a restored database beside the empty
one."""

from django.db import connection

from core.backup.engines.base import Engine
from core.backup.engines.postgresql import PostgreSQL
from core.backup.engines.sqlite import SQLite


def engine() -> Engine:
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor]()
