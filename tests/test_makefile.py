"""`make` in a folder of its own, with stand-ins for what takes long: a killed run is made good by the next."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each says how far it came, and takes make and all of its kind with it.
KILLED = "#!/bin/sh\n{made}\nkill -9 0\n"
DONE = "#!/bin/sh\n{made}\n"

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="there is no make")


class Checkout:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(ROOT / "Makefile", folder)
        for path in ("requirements/runtime.txt", "static/a.css", ".venv/bin/activate", ".venv/.runtime"):
            self.touch(path)

    def touch(self, path: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()

    def script(self, path: str, text: str, made: str) -> None:
        self.touch(path)
        (self.folder / path).write_text(text.format(made=made))
        (self.folder / path).chmod(0o755)

    def make(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", *arguments, "MANAGE=./manage", "PYTHON=./python"],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], **environment},
            capture_output=True,
            text=True,
            start_new_session=True,
            check=False,
        )

    def read(self, path: str) -> str | None:
        file = self.folder / path
        return file.read_text() if file.exists() else None


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_demo__killed_while_it_is_loaded(checkout: Checkout):
    checkout.touch("var/.migrated")
    checkout.touch("var/.static")
    checkout.script("manage", KILLED, "echo half")
    assert checkout.make("var/demo.txt").returncode < 0
    assert checkout.read("var/demo.txt") is None

    checkout.script("manage", DONE, "echo whole")
    assert checkout.make("var/demo.txt").returncode == 0
    assert checkout.read("var/demo.txt") == "whole\n"


def test_database__killed_while_it_is_made(checkout: Checkout):
    checkout.script("manage", KILLED, "echo half > ${DATABASE_URL#sqlite:///}")
    assert checkout.make("var/.migrated").returncode < 0
    assert checkout.read("var/db.sqlite3") is checkout.read("var/.migrated") is None

    checkout.script("manage", DONE, "echo whole >> ${DATABASE_URL#sqlite:///}")
    assert checkout.make("var/.migrated").returncode == 0
    assert checkout.read("var/db.sqlite3") == "whole\n"


def test_database__that_is_there_is_migrated_where_it_stands(checkout: Checkout):
    checkout.touch("var/db.sqlite3")
    checkout.script("manage", DONE, "echo ${DATABASE_URL:-its own} >> var/db.sqlite3")
    assert checkout.make("var/.migrated").returncode == 0
    assert checkout.read("var/db.sqlite3") == "its own\n"


def test_environment__killed_before_it_had_pip(checkout: Checkout):
    (checkout.folder / ".venv/bin/activate").unlink()
    checkout.touch(".venv/half-made")
    checkout.script("python", DONE, 'case "$*" in *venv*) mkdir -p .venv/bin; touch .venv/bin/activate;; esac')
    assert checkout.make(".venv/bin/activate").returncode == 0
    assert checkout.read(".venv/half-made") is None


def test_environment__killed_while_packages_were_installed(checkout: Checkout):
    (checkout.folder / ".venv/.runtime").unlink()
    checkout.script(".venv/bin/python", KILLED, "touch .venv/half-a-package")
    assert checkout.make(".venv/.runtime").returncode < 0
    assert checkout.read(".venv/.runtime") is None

    fresh = "mkdir -p .venv/bin; cp true .venv/bin/python; touch .venv/bin/activate"
    checkout.script("true", DONE, "exit 0")
    checkout.script("python", DONE, f'case "$*" in *venv*) {fresh};; esac')
    assert checkout.make(".venv/.runtime").returncode == 0
    assert checkout.read(".venv/half-a-package") is checkout.read(".venv/.installing") is None


def test_environment__without_a_network_stays_as_it_was(checkout: Checkout):
    (checkout.folder / ".venv/.runtime").unlink()
    checkout.touch(".venv/a-package")
    checkout.script(".venv/bin/python", DONE, "exit 1")
    for _again in range(2):
        assert checkout.make(".venv/.runtime").returncode > 0
        assert checkout.read(".venv/a-package") == ""


@pytest.mark.parametrize(
    ("arguments", "environment", "wanted"),
    [
        (["LANGUAGE=uz"], {}, "makemessages --locale uz "),
        ([], {}, "makemessages --all "),
        ([], {"LANGUAGE": "en_US:en"}, "makemessages --all "),
    ],
)
def test_messages__of_a_new_language(
    checkout: Checkout, arguments: list[Any], environment: dict[str, Any], wanted: str
):
    assert wanted in checkout.make("--dry-run", "messages", *arguments, **environment).stdout
