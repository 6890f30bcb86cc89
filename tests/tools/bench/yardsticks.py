"""What the site is compared with: a minimal view of Django under gunicorn and under granian, and files of nginx.
Each answers with the same bytes as the site."""

import os
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path
from urllib.request import Request, urlopen

from tests.stress.resident import ROOT
from tests.stress.services import HOST, Service
from tests.tools.bench.sites import FOLDER, say

WORKERS = 2
APPLICATION = "tests.tools.bench.minimal:application"
GRANIAN = "granian>=2.8,<3"


class Yardstick(Service):
    """A server of the files in `pages`, each at its name."""

    name = ""

    def __init__(self, folder: Path, pages: Path) -> None:
        super().__init__(folder)
        self.pages = pages

    def url(self, page: str) -> str:
        return f"http://{HOST}:{self.port}/{page}"

    def check(self) -> None:
        first = next(self.pages.iterdir()).name
        with urlopen(Request(self.url(first)), timeout=5) as answer:
            answer.read()

    def pids(self) -> list[int]:
        return self._pids()

    def environment(self) -> list[str]:
        packages = os.pathsep.join([str(ROOT), *site.getsitepackages()])
        return ["env", f"BENCH_PAGES={self.pages}", f"PYTHONPATH={packages}"]


class Gunicorn(Yardstick):
    """With the configuration that the site runs with."""

    name = "minimal view, gunicorn"

    def command(self) -> list[str]:
        gunicorn = [sys.executable, "-m", "gunicorn", APPLICATION, "--config", str(ROOT / "gunicorn.conf.py")]
        return [*self.environment(), *gunicorn, "--workers", str(WORKERS), "--bind", f"{HOST}:{self.port}"]


class Granian(Yardstick):
    name = "minimal view, granian"

    def command(self) -> list[str]:
        granian = [str(_granian()), "--interface", "wsgi", "--workers", str(WORKERS), "--log-level", "warning"]
        return [*self.environment(), *granian, "--host", HOST, "--port", str(self.port), APPLICATION]


class Nginx(Yardstick):
    name = "file, nginx"

    def command(self) -> list[str]:
        owner = "user root;" if os.getuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(
            f"{owner} daemon off; worker_processes {WORKERS}; pid {self.folder}/pid; error_log stderr;\n"
            "events { worker_connections 512; }\n"
            f"http {{ access_log off; default_type text/html; server {{ listen {HOST}:{self.port};\n"
            f"root {self.pages}; add_header Content-Encoding gzip; }} }}\n"
        )
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        return [str(program), "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)]


def yardsticks() -> list[type[Yardstick]]:
    """Return the kinds that can be run here, and say why another one cannot."""
    return [Gunicorn, *([Granian] if _granian() else []), *([Nginx] if _has_nginx() else [])]


def _granian() -> Path | None:
    """Return granian's program in a virtual environment of its own, which is made once; None without PyPI."""
    program = FOLDER / "granian" / "bin" / "granian"
    if not program.exists():
        venv.create(FOLDER / "granian", with_pip=True, clear=True)
        pip = [str(program.with_name("pip")), "install", "-qq", "--disable-pip-version-check", GRANIAN]
        if subprocess.run(pip, check=False).returncode:
            say("granian cannot be installed from PyPI: left out.")
    return program if program.exists() else None


def _has_nginx() -> bool:
    if shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        return True
    say("nginx is missing (apt-get install nginx-light): left out.")
    return False
