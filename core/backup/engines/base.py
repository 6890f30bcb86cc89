from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from core.languages.site_languages import LocaleCodes

Tables = dict[str, list[Any]]


class Engine(Protocol):
    """All of these raise BackupError with what the operator has to do."""

    file_name: ClassVar[str]
    """Of the database in a backup."""

    def check_tools(self) -> None:
        """Raise BackupError where programs that are needed are missing or too old."""

    def server(self) -> str:
        """Return name and version of what the database runs in."""

    def dump(self, target: Path) -> Tables:
        """Write the database as it is at one moment, while others write to it, and return the checksums of its
        tables at that moment."""

    def tables(self) -> Tables:
        """Return the checksums of the database to which Django is connected."""

    def check_empty(self) -> None:
        """Raise BackupError where the database that the settings name has a table."""

    def beside(self, source: Path) -> AbstractContextManager[None]:
        """Load a dump into a database of its own, to which Django is connected meanwhile. It takes the place of
        the empty one at the end, or is removed where something has failed."""


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Have Django's connection lead to another database of the same server, or another file."""
    before = connection.settings_dict["NAME"]
    _switch(name)
    try:
        yield
    finally:
        _switch(before)


def tables_of_connection() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    LocaleCodes.clear()
