"""PostgreSQL, dumped and loaded by pg_dump and pg_restore, which must not be older than the server."""

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import psycopg2
from django.db import Error, connection
from psycopg2 import sql

from core.backup import checksums
from core.backup.engines.base import Tables, connected_to, tables_of_connection
from core.backup.errors import BackupError
from core.whole_files import sync

# Connection parameters of Django and the environment variables of libpq for them, except the database's name.
ENVIRONMENT = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "service": "PGSERVICE",
    "passfile": "PGPASSFILE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}  # fmt: skip
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
TOOLS = ("pg_dump", "pg_restore")
DUMP = ("--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=60s")
LOAD = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")


class PostgreSQL:
    """Engine for PostgreSQL (`core.backup.engines.base.Engine`)."""

    file_name: ClassVar[str] = "database.dump"

    def check_tools(self) -> None:
        wanted = self._version()
        for tool in TOOLS:
            if not shutil.which(tool):
                raise BackupError(f"{tool} is missing. Install postgresql-client-{wanted} or a later one.")
            found = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout.strip()
            version = re.search(r"\d+", found)
            assert version is not None, found
            if int(version.group()) < wanted:
                raise BackupError(f"{found} is older than the server: install postgresql-client-{wanted}.")

    def server(self) -> str:
        return f"PostgreSQL {self._version()}"

    def dump(self, target: Path) -> Tables:
        """Write a dump by pg_dump, which reads the same snapshot as the checksums, and return the checksums of the
        tables."""
        with _connect(connection.settings_dict["NAME"]) as own:
            own.set_session(isolation_level="REPEATABLE READ", readonly=True)
            with own.cursor() as cursor:
                # This session is idle until pg_dump has finished, which may take long.
                cursor.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
                cursor.execute("SELECT pg_export_snapshot()")
                [snapshot] = cursor.fetchone()
            _run(["pg_dump", *DUMP, f"--snapshot={snapshot}", f"--file={target}"])
            tables = _tables(own)
        sync(target)
        return tables

    def tables(self) -> Tables:
        with _connect(connection.settings_dict["NAME"]) as own:
            return _tables(own)

    def check_empty(self) -> None:
        name = connection.settings_dict["NAME"]
        try:
            tables = tables_of_connection()
        except Error as error:
            connection.close()
            if not _databases(f"^{re.escape(name)}$"):
                return
            raise BackupError(f"The database cannot be reached: {error}") from error
        if tables:
            raise BackupError(
                f"The database {name} is not empty. Set DATABASE_URL to an empty one, or rename this "
                "one and create it again."
            )

    @contextmanager
    def beside(self, source: Path) -> Iterator[None]:
        target = connection.settings_dict["NAME"]
        name = f"{target[:40]}_restored_"
        for leftover in _databases(f"^{re.escape(name)}[0-9a-f]{{8}}$"):
            _execute("DROP DATABASE {}", leftover)
        copy = name + secrets.token_hex(4)
        _execute("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", copy)
        try:
            _run(["pg_restore", *LOAD, f"--dbname={copy}", str(source)])
            with connected_to(copy):
                yield
            self.check_empty()
            connection.close()
            # Refused by the server while anything else is connected to it.
            _execute("DROP DATABASE IF EXISTS {}", target)
            _execute("ALTER DATABASE {} RENAME TO {}", copy, target)
        finally:
            connection.close()
            _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", copy)

    def _version(self) -> int:
        with _connect("postgres") as own:
            return own.server_version // 10_000


def _execute(statement: str, *names: str) -> None:
    """Execute a statement with names as identifiers, connected to the database "postgres". Raise BackupError if a
    database is in use or the role lacks the right."""
    with _connect("postgres") as own:
        own.autocommit = True
        try:
            own.cursor().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
        except psycopg2.errors.ObjectInUse as error:
            raise BackupError(f"Stop the site before restoring it. {error}") from error
        except psycopg2.errors.InsufficientPrivilege as error:
            raise BackupError(
                f"{str(error).strip()}. Restoring needs a role that may create databases (ALTER ROLE "
                f'"{connection.settings_dict["USER"]}" CREATEDB) and owns the empty one.'
            ) from error


def _databases(pattern: str) -> list[str]:
    """Return the names of the server's databases that match a regular expression."""
    with _connect("postgres") as own, own.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [pattern])
        return [name for (name,) in cursor.fetchall()]


@contextmanager
def _connect(name: str) -> Iterator[psycopg2.extensions.connection]:
    try:
        own = psycopg2.connect(dbname=name, connect_timeout=10, **_parameters())
    except psycopg2.OperationalError as error:
        raise BackupError(f"The server of the database cannot be reached: {error}") from error
    try:
        yield own
    finally:
        own.close()


def _parameters() -> dict[str, Any]:
    """Return the connection parameters of the server, without the name of the database."""
    return {name: value for name, value in connection.get_connection_params().items() if name in ENVIRONMENT}


def _tables(own: psycopg2.extensions.connection) -> Tables:
    with own.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall()]
    return {name: _checksum(own, name) for name in names}


def _checksum(own: psycopg2.extensions.connection, table: str) -> list[Any]:
    with own.cursor(name="checksum") as cursor:
        # As text: the checksum must not depend on psycopg2's conversion of types.
        cursor.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table)))
        return checksums.of_rows(checksums.fetched(cursor))


def _run(command: list[str]) -> None:
    """Run a program with the connection parameters in its environment. Raise BackupError if it fails. The password
    must not be among the arguments, which every user of the machine can read."""
    known = {ENVIRONMENT[name]: str(value) for name, value in _parameters().items()}
    environment = {**os.environ, **known, "PGDATABASE": connection.settings_dict["NAME"]}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{command[0]} has failed: {done.stderr.strip()[-2000:]}")
