"""Sites of their own, each with a database, files and a journal, for backups and restores by the commands."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2

from tests.databases import template
from tests.stress.resident import ROOT
from tests.stress.server import Server
from tests.stress.services import HOST


class Site(Server):
    """Migrated where `is_new`; else there is an empty database, as on a fresh machine."""

    def __init__(self, folder: Path, backups: Path, is_new: bool = True) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(folder)
        self.backups = backups
        self.is_new = is_new

    def __enter__(self) -> "Site":
        if self._postgresql:
            source = f' TEMPLATE "{template()}"' if self.is_new else ""
            self._in_postgresql(f'CREATE DATABASE "{self._database}"{source}')
        elif self.is_new:
            shutil.copy(template(), self.folder / "db.sqlite3")
        return self

    @property
    def environment(self) -> dict[str, str]:
        """The same address for all of them, which pages name."""
        address = {"WAGTAILADMIN_BASE_URL": f"https://{HOST}"}
        return {**super().environment, **address, "BACKUPS": str(self.backups)}

    def fails(self, *arguments: str) -> str:
        """Return what a command of manage.py complains of."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode, done.stdout
        assert "Traceback" not in done.stderr, done.stderr
        return done.stderr

    def files(self) -> dict[str, bytes]:
        """Return the stored files by their names."""
        root = self.folder / "media"
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def journal(self) -> str:
        path = self.folder / "journal.jsonl"
        return path.read_text() if path.exists() else ""

    def database_exists(self) -> bool:
        """Return whether it has a table: on SQLite loading the migrations makes an empty file, which a restore
        replaces."""
        if not self._postgresql:
            with closing(sqlite3.connect(self.folder / "db.sqlite3")) as own:
                return own.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
        own = psycopg2.connect(self.database_url)
        try:
            with own.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
                return cursor.fetchone()[0] > 0
        finally:
            own.close()
