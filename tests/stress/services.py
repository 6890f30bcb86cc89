"""PostgreSQL, Redis and nginx of a test's own, each on a port of its own, to be stopped and frozen."""

import contextlib
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import psycopg2
import redis

HOST = "127.0.0.1"
SECONDS_TO_START = 60


def free_port() -> int:
    with socket.create_server((HOST, 0)) as taken:
        return taken.getsockname()[1]


class Service:
    """A program on a port. Use it as a context manager: it starts it and ends it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.thaw()
        self.stop()

    def command(self) -> list[str]:
        raise NotImplementedError

    def check(self) -> None:
        """Raise an exception where it does not answer."""
        raise NotImplementedError

    def start(self) -> None:
        """Return when it answers. Raises RuntimeError where it does not."""
        with open(self.folder / "log", "a") as log:
            self._process = subprocess.Popen(
                self.command(), cwd="/", stdout=log, stderr=log, start_new_session=True
            )
        end = time.monotonic() + SECONDS_TO_START
        while not _holds(self.check):
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{self.command()[0]} does not start:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it in the way that its operators do, so that its port is closed when this returns."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(self.ends_by)
            self._process.wait(SECONDS_TO_START)

    ends_by = signal.SIGTERM

    def freeze(self) -> None:
        """Let none of its processes go on (SIGSTOP): the kernel takes connections, and nobody answers them."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        for pid in self._pids():
            # A server ends its own processes at any moment, also after they were listed.
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def _pids(self) -> list[int]:
        """Return its first process and all below it."""
        if self._process is None or self._process.poll() is not None:
            return []
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
            except OSError:  # it has ended
                continue
        found = [self._process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found


class Redis(Service):
    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}/0"

    def command(self) -> list[str]:
        return ["redis-server", "--port", str(self.port), "--bind", HOST, "--save", "", "--appendonly", "no"]

    def check(self) -> None:
        redis.Redis.from_url(self.url, socket_timeout=1).ping()


class PostgreSQL(Service):
    """A cluster of its own, which is kept over `stop()` and `start()`."""

    ends_by = signal.SIGINT  # "fast": connections are ended, not waited for

    def __init__(self) -> None:
        # Not in pytest's folder, which is its user's alone.
        folder = Path(tempfile.mkdtemp(prefix="site-cms-postgresql-"))
        super().__init__(folder)
        found = shutil.which("initdb") or max(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))
        self._programs = Path(found).resolve().parent
        # The server refuses to run as root.
        self._as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        if os.getuid():
            self._as_user = []
        else:
            shutil.chown(folder, "postgres")
        self._run("initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    @property
    def url(self) -> str:
        return f"postgres://postgres@{HOST}:{self.port}/postgres"

    def command(self) -> list[str]:
        options = [f"--port={self.port}", f"--listen_addresses={HOST}", f"--unix_socket_directories={self.folder}"]
        program = str(self._programs / "postgres")
        return [*self._as_user, program, "-D", f"{self.folder}/data", *options, "--fsync=off"]

    def __exit__(self, *exception: object) -> None:
        super().__exit__(*exception)
        shutil.rmtree(self.folder)

    def check(self) -> None:
        psycopg2.connect(self.url, connect_timeout=2).close()

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_user, str(self._programs / program), *arguments]
        subprocess.run(command, cwd="/", check=True, capture_output=True)


NGINX = """
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/errors warn;
events {{ }}
http {{
  client_body_temp_path {folder}/bodies;
  proxy_temp_path {folder}/proxied;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""
NAME = "site.test"
"""By which nginx knows the site when a connection begins: TLS tells it names, not addresses."""
ROOT = Path(__file__).resolve().parent.parent.parent


class Nginx(Service):
    """Debian's nginx with the configuration of this project, before the server on the port `server`. `port` speaks
    TLS, `plain_port` leads there."""

    ends_by = signal.SIGQUIT

    def __init__(self, folder: Path, server: int, state: Path | None = None, media: Path | None = None) -> None:
        super().__init__(folder)
        self.plain_port = free_port()
        certificate, key = self._certificate()
        values = {
            "SITE_HTTP": f"{HOST}:{self.plain_port}",
            "SITE_HTTPS": f"{HOST}:{self.port}",
            "SITE_NAMES": f"{NAME} {HOST} localhost",
            "SITE_UPSTREAM": f"{HOST}:{server}",
            "SITE_CERTIFICATE": str(certificate),
            "SITE_CERTIFICATE_KEY": str(key),
            "SITE_STATE": str(state or folder),
            "SITE_MEDIA": str(media or folder / "media"),
            "SITE_ACME": str(folder / "acme"),
        }
        text = (ROOT / "deploy" / "nginx.conf.template").read_text()
        (folder / "site.conf").write_text(re.sub(r"\$\{(\w+)\}", lambda name: values[name[1]], text))
        self._file = folder / "nginx.conf"
        self._file.write_text(NGINX.format(folder=folder, user="" if os.getuid() else "user root;"))

    @staticmethod
    def program() -> str | None:
        return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")

    def command(self) -> list[str]:
        program = self.program()
        assert program is not None
        return [program, "-e", "stderr", "-c", str(self._file), "-g", "daemon off;"]

    def check(self) -> None:
        socket.create_connection((HOST, self.port), timeout=1).close()

    def _certificate(self) -> tuple[Path, Path]:
        certificate, key = self.folder / "certificate.pem", self.folder / "key.pem"
        command = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ]
        files = ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run([*command, *files, "-subj", f"/CN={NAME}"], check=True, capture_output=True)
        return certificate, key


class SecureConnection(HTTPConnection):
    """A connection to nginx, whose certificate nobody has signed."""

    def connect(self) -> None:
        super().connect()
        context = ssl._create_unverified_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=NAME)


def _holds(check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:
        return False
    return True
