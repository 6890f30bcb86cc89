"""The protocol of a database engine, and helpers for both engines."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from core.languages.site_languages import LocaleCodes

Tables = dict[str, list[Any]]


class Engine(Protocol):
    """Dumps and loads a database. Each method may raise BackupError, with a message for the operator."""

    file_name: ClassVar[str]
    """Name of the dump in a backup."""

    def check_tools(self) -> None:
        """Raise BackupError if a program that is needed is missing or too old."""

    def server(self) -> str:
        """Return name and version of the database server."""

    def dump(self, target: Path) -> Tables:
        """Write a consistent dump of the database, which may be in use, and return the checksums of its tables."""

    def tables(self) -> Tables:
        """Return the checksums of the tables of the database to which Django is connected."""

    def check_empty(self) -> None:
        """Raise BackupError if the database of the settings has a table."""

    def beside(self, source: Path) -> AbstractContextManager[None]:
        """Load a dump into a temporary database, to which Django is connected during the block.

        At the end the temporary database replaces the empty one of the settings, or BackupError is raised if that
        is not empty any more. If anything raises, the temporary database is removed and the other one stays.
        """


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Connect Django to another database of the same server (PostgreSQL), or to another file (SQLite), during the
    block, and clear the caches of content types and languages before and after."""
    before = connection.settings_dict["NAME"]
    _switch(name)
    try:
        yield
    finally:
        _switch(before)


def tables_of_connection() -> list[str]:
    """Return the names of the tables of the database to which Django is connected."""
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    LocaleCodes.clear()
