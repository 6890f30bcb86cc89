"""The server as it is shipped, for tests that load it or kill it.

gunicorn with gunicorn.conf.py and the settings of production, and the worker, over a database and a media folder
of their own.
"""

import os
import secrets
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg2

from tests.stress.resident import ROOT, Resident
from tests.stress.services import HOST, free_port

SECONDS_TO_START = 120


class Server:
    """Use it as a context manager: it makes the database, migrates it, and removes it at the end.

    On PostgreSQL where `postgresql` or DATABASE_URL names one (a database of its own on that server), else on
    SQLite. `extra` goes into its environment. Nothing runs before `start()`. A server that was killed is started
    again over the same database and files.
    """

    def __init__(self, folder: Path, postgresql: str = "", **extra: str) -> None:
        self.folder = folder
        self.port = free_port()
        self._extra = extra
        self.database_url = f"sqlite:///{folder / 'db.sqlite3'}"
        self._postgresql = postgresql or os.environ.get("DATABASE_URL", "")
        if self._postgresql.startswith("postgres"):
            self._database = f"stress_{secrets.token_hex(6)}"
            self.database_url = urlunsplit(urlsplit(self._postgresql)._replace(path=f"/{self._database}"))
        else:
            self._postgresql = ""
        self._processes: list[subprocess.Popen[bytes]] = []
        self._resident: Resident | None = None

    def __enter__(self) -> "Server":
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._postgresql:
            self._in_postgresql(f'CREATE DATABASE "{self._database}"')
        self.manage("migrate", "--verbosity", "0")
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()
        if self._resident:
            self._resident.end()
        if self._postgresql:
            self._in_postgresql(f'DROP DATABASE IF EXISTS "{self._database}" WITH (FORCE)')

    @property
    def database(self) -> str:
        return "PostgreSQL" if self._postgresql else "SQLite"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.stress.settings",
            "STRESS_FOLDER": str(self.folder),
            "HELPLINE_COPY": str(self.folder / "state" / "helpline.json"),
            "JOURNAL": str(self.folder / "journal.jsonl"),
            "STAMPS": str(self.folder / "state" / "stamps"),
            "PAGE_CACHE": str(self.folder / "pages"),
            "BACKUPS": str(self.folder / "backups"),
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": "stress" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
            "ALLOWED_HOSTS": HOST,
            "WAGTAILADMIN_BASE_URL": f"https://{HOST}:{self.port}",
            "EMAIL_URL": "dummy://",
            "LOG_LEVEL": "WARNING",
            "GUNICORN_LOG_LEVEL": "warning",
            "HOST": HOST,
            "PORT": str(self.port),
            **self._extra,
        }

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py beside the server and return what it printed.

        Raises subprocess.CalledProcessError, with its messages shown, where it fails.
        """
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout

    def beside(self, *arguments: str) -> None:
        """Run a command of manage.py that is killed with the server. Raise subprocess.CalledProcessError."""
        process = self._run([sys.executable, "manage.py", *arguments])
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, arguments)

    def call(self, module: str, name: str, *arguments: object) -> Any:
        """Call a function of a module in the server's environment, with its database.

        What it takes and returns goes through JSON. Raise RuntimeError where it raises.
        """
        self._resident = self._resident or Resident(self.environment)
        return self._resident.call(module, name, *arguments)

    def command(self, *arguments: str) -> None:
        """Run a command of manage.py as `call` does."""
        self.call("django.core.management", "call_command", *arguments)

    def start(self, worker: bool = False) -> None:
        """Start the server, and the worker beside it if asked; return when it answers.

        Raises TimeoutError, or RuntimeError where it ends by itself.
        """
        gunicorn = self._run([sys.executable, "-m", "gunicorn", "site_cms.wsgi"])
        if worker:
            # Behind the readers, as it is deployed.
            self._run(["nice", "-n", "10", sys.executable, "manage.py", "db_worker", "--verbosity", "0"])
        end = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if gunicorn.poll() is not None:
                raise RuntimeError(f"The server has ended with {gunicorn.returncode}:\n{self.log()}")
            if time.monotonic() > end:
                raise TimeoutError(f"The server does not answer:\n{self.log()}")
            time.sleep(0.1)

    def kill(self) -> None:
        """End server and worker at once, with all of their processes, as a failing machine would (kill -9)."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Let requests and tasks in hand come to their end."""
        self._end(signal.SIGTERM)

    def pids(self) -> list[int]:
        """Return the processes of server and worker, with those that they have started."""
        found = [process.pid for process in self._processes]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            found += map(int, children)
        return found

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        with open(self.folder / "log", "a") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self._processes.append(process)
        return process

    def _end(self, how: signal.Signals) -> None:
        for process in self._processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, how)
        for process in self._processes:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._processes.clear()

    def _answers(self) -> bool:
        try:
            with urlopen(f"http://{HOST}:{self.port}/healthz", timeout=5) as answer:
                return answer.status == 200
        except HTTPError as error:
            return error.code < 500
        except (URLError, OSError):
            return False

    def _in_postgresql(self, statement: str) -> None:
        connection = psycopg2.connect(self._postgresql)
        connection.autocommit = True
        try:
            connection.cursor().execute(statement)
        finally:
            connection.close()
