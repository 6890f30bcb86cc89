"""SQLite, dumped by its online backup API, which reads a consistent state while others write. A copy of the file
alone would miss what is in the write-ahead log."""

import gzip
import secrets
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import ClassVar

from django.db import connection

from core.backup import checksums
from core.backup.engines.base import Tables, connected_to, tables_of_connection
from core.backup.errors import BackupError
from core.internals.django import quote_name
from core.whole_files import PARTIAL, sync

LOGS = ("-wal", "-shm", "-journal")


class SQLite:
    """Engine for SQLite (`core.backup.engines.base.Engine`)."""

    file_name: ClassVar[str] = "database.sqlite3.gz"

    def check_tools(self) -> None:
        """Do nothing: Python includes what is needed."""

    def server(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def dump(self, target: Path) -> Tables:
        copy = target.with_suffix(".copy")
        # By a connection of its own: a connection in a write transaction cannot be copied.
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=60)) as source,
            closing(sqlite3.connect(copy)) as snapshot,
        ):
            # All pages in one step: with several, each write in between would restart the backup.
            source.backup(snapshot, pages=-1)
            snapshot.execute("PRAGMA journal_mode=DELETE")
            _check_integrity(snapshot, "The copy of the database")
            tables = _tables(snapshot)
        with open(copy, "rb") as whole, gzip.open(target, "wb", compresslevel=6) as packed:
            shutil.copyfileobj(whole, packed)
        _remove(copy)
        sync(target)
        return tables

    def tables(self) -> Tables:
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
            return _tables(database)

    def check_empty(self) -> None:
        path = Path(connection.settings_dict["NAME"])
        if path.exists() and tables_of_connection():
            raise BackupError(
                f"The database {path} is not empty. Move it away together with {path.name}-wal and "
                f"{path.name}-shm, or set DATABASE_URL to another one."
            )

    @contextmanager
    def beside(self, source: Path) -> Iterator[None]:
        target = Path(connection.settings_dict["NAME"])
        target.parent.mkdir(parents=True, exist_ok=True)
        for leftover in target.parent.glob(f"{PARTIAL}{target.name}.*"):
            leftover.unlink()
        copy = target.with_name(f"{PARTIAL}{target.name}.{secrets.token_hex(8)}")
        try:
            _unpack(source, copy)
            with closing(sqlite3.connect(copy)) as restored:
                _check_integrity(restored, "The database in the backup")
            with connected_to(str(copy)):
                yield
            with closing(sqlite3.connect(copy)) as restored:
                restored.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                restored.execute("PRAGMA journal_mode=DELETE")
            sync(copy)
            self.check_empty()
            connection.close()
            _remove(target)
            copy.rename(target)
            sync(target.parent)
        finally:
            _remove(copy)


def _unpack(source: Path, copy: Path) -> None:
    try:
        with gzip.open(source, "rb") as packed, open(copy, "wb") as file:
            shutil.copyfileobj(packed, file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BackupError(f"The database in the backup is damaged ({error}). Use another backup.") from error


def _check_integrity(database: sqlite3.Connection, name: str) -> None:
    """Raise BackupError if SQLite finds the database damaged. The message begins with `name`."""
    try:
        [(found,)] = database.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise BackupError(f"{name} is damaged: {found}.")


def _tables(database: sqlite3.Connection) -> Tables:
    cursor = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [name for (name,) in cursor.fetchall()]
    return {name: checksums.of_rows(database.execute(f"SELECT * FROM {quote_name(name)}")) for name in names}


def _remove(path: Path) -> None:
    """Remove a database file and its logs, as far as they exist."""
    for each in (path, *(path.with_name(path.name + log) for log in LOGS)):
        each.unlink(missing_ok=True)
