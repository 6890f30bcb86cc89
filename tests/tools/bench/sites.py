"""The sites that are measured: the demo, and the demo with so many stories more, on SQLite and PostgreSQL.

They are kept in var/bench, or on the server of PostgreSQL, until a migration or what makes them changes.
"""

import hashlib
import shutil
import sys
import time
from contextlib import closing
from functools import cache
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests.stress.resident import ROOT
from tests.stress.server import Server

FOLDER = ROOT / "var" / "bench"
MADE_BY = ("*/migrations/*.py", "home/demo/**/*.*")
SCALED_BY = ("home/scale/*", "home/management/commands/make_scale.py")


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


class Site(Server):
    """The shipped server over a kept site, which neither starts nor ends with it. `stories`: how many there are
    beside those of the demo."""

    def __init__(self, stories: int, postgresql: str = "", **extra: str) -> None:
        self.stories = stories
        self.name = f"bench_{stories}_{_digest((*MADE_BY, *SCALED_BY) if stories else MADE_BY)}"
        folder = FOLDER / f"{'postgresql' if postgresql else 'sqlite'}_{self.name}"
        settings = {
            "DJANGO_SETTINGS_MODULE": "tests.tools.bench.settings",
            "LOG_LEVEL": "INFO",
            "PAGE_CACHE": "off",
        }
        super().__init__(folder, "sqlite", **{**settings, "GUNICORN_LOG_LEVEL": "info", **extra})
        self._postgresql = postgresql
        if postgresql:
            self.database_url = urlunsplit(urlsplit(postgresql)._replace(path=f"/{self.name}"))

    @property
    def is_made(self) -> bool:
        return (self.folder / "made").exists() and (not self._postgresql or self._has_database(self.name))

    def make(self) -> None:
        """Make it, unless it is kept from an earlier run."""
        if self.is_made:
            return
        self._forget_older()
        self.folder.mkdir(parents=True)
        say(f"Making {self.folder.name} …")
        began = time.monotonic()
        if self.stories:
            self._copy(Site(0, self._postgresql))
            self.manage("make_scale", "--stories", str(self.stories), "--verbosity", "0")
        else:
            if self._postgresql:
                self._in_postgresql(f'CREATE DATABASE "{self.name}"')
            self.manage("migrate", "--verbosity", "0")
            self.manage("load_demo")
            self.manage("recorded_work", "--perform")
        say(f"{self.folder.name}: {time.monotonic() - began:.0f} s")
        (self.folder / "made").touch()

    def end_calls(self) -> None:
        """End the process that has answered `call`."""
        if self._resident:
            self._resident.end()
            self._resident = None

    def _copy(self, other: "Site") -> None:
        other.make()
        shutil.copytree(other.folder / "media", self.folder / "media")
        if self._postgresql:
            self._in_postgresql(f'CREATE DATABASE "{self.name}" TEMPLATE "{other.name}"')
        else:
            shutil.copy(other.folder / "db.sqlite3", self.folder / "db.sqlite3")

    def _forget_older(self) -> None:
        """Delete what was left of this site, and of those of the same size that older code has made."""
        if self._postgresql:
            self._in_postgresql(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        for folder in FOLDER.glob(f"{self.folder.name.rpartition('_')[0]}_*"):
            if self._postgresql:
                name = folder.name.removeprefix("postgresql_")
                self._in_postgresql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            shutil.rmtree(folder)

    def _has_database(self, name: str) -> bool:
        with closing(psycopg2.connect(self._postgresql)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None


@cache
def _digest(patterns: tuple[str, ...]) -> str:
    paths = sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.suffix != ".pyc"})
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths if path.is_file())).hexdigest()[:12]
