"""Whether the code of an earlier commit can run on the schema of this one, as its processes do during a
deployment. Prints what was asked, what answered, and the migrations that the commit does not have:
`make test-upgrade`."""

import argparse
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[2]
PROBE = Path(__file__).with_name("upgrade_probe.py")
LOCK = "requirements/runtime.txt"
# The settings of `make demo` of either code, with files of their own. Errors are answered as in production, and
# nothing is slowed down or refused for being asked too often.
SETTINGS = """
import os
from site_cms.settings.local import *

DEBUG = False
MEDIA_ROOT = os.environ["UPGRADE_FOLDER"] + "/media"
EMAIL_FILE_PATH = os.environ["UPGRADE_FOLDER"] + "/mail"
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"} for name in CACHES}
API_RATE = SEARCH_RATE = SUGGESTION_RATE = ""
ALLOWED_HOSTS = ["localhost"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
"""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.strip() or f"git {arguments[0]} has failed.")
    return done.stdout.strip()


def commit_of(name: str) -> str:
    """Return the full id of a commit. Exits with a line of words where there is none of that name."""
    found = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        raise SystemExit(f"FROM: “{name}” is no commit of this repository.")
    return found.stdout.strip()


def export(commit: str, folder: Path) -> None:
    """Write the tree of the commit into the folder."""
    folder.mkdir()
    with subprocess.Popen(["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE) as archive:
        subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)
    if archive.returncode:
        raise SystemExit(f"git archive {commit} has failed.")


def migrations(names: list[str]) -> set[str]:
    """Return those among paths of files, as app.name."""
    found = (re.fullmatch(r"(\w+)/migrations/(\d\w+)\.py", name) for name in names)
    return {f"{each[1]}.{each[2]}" for each in found if each}


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9._\[\]-]+==\S+)", lock, re.MULTILINE))


def python_for(tree: Path, folder: Path) -> str:
    """Return a Python with what the tree's lock names: this one where its lock names all of that in the same
    versions, else one in the folder."""
    lock = tree / LOCK
    if pins(lock.read_text()) <= pins((ROOT / LOCK).read_text()):
        return sys.executable
    say("Installing the requirements of that commit …")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = str(folder / "bin" / "python")
    install: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        lock,
    ]
    subprocess.run(install, check=True)
    return python


def environment(code: Path, folder: Path, database: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": f"{code}:{folder}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "upgrade_settings",
        "UPGRADE_FOLDER": str(folder),
        "HELPLINE_COPY": str(folder / "helpline.json"),
        "JOURNAL": str(folder / "journal.jsonl"),
        "BACKUPS": str(folder / "backups"),
        "DATABASE_URL": database,
    }


def in_postgresql(server: str, statement: str) -> None:
    connection = psycopg2.connect(server)
    connection.autocommit = True
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """Yield the address of an empty database: on the server that DATABASE_URL names, or in the folder."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    name = f"upgrade_{secrets.token_hex(6)}"
    in_postgresql(server, f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        in_postgresql(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def copied(folder: Path, made: str, copy: Path) -> Iterator[str]:
    """Yield the address of a copy of what was made in the folder: each commit writes into one of its own."""
    shutil.copytree(folder, copy)
    with database(copy) as address:
        if address.startswith("postgres"):
            name, template = (urlsplit(each).path.removeprefix("/") for each in (address, made))
            in_postgresql(os.environ["DATABASE_URL"], f'DROP DATABASE "{name}"')
            in_postgresql(os.environ["DATABASE_URL"], f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield address


def make_demo(folder: Path, address: str) -> None:
    """Migrate and fill the database with this code."""
    (folder / "upgrade_settings.py").write_text(SETTINGS)
    for command in (["migrate", "--verbosity", "0"], ["load_demo"], ["recorded_work", "--perform"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment(ROOT, folder, address),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{done.stdout}\nmanage.py {command[0]} of this code has failed.")


def asked(commit: str, made: Path, address: str, folder: Path) -> bool:
    """Ask the code of the commit. Returns whether all was answered and saved."""
    folder.mkdir()
    tree = folder / "code"
    export(commit, tree)
    files = git("ls-files", "--cached", "--others", "--exclude-standard", "*/migrations/*").splitlines()
    new = migrations(files) - migrations(git("ls-tree", "-r", "--name-only", commit).splitlines())
    python = python_for(tree, folder / "venv")
    with copied(made, address, folder / "site") as its_own:
        # From the tree's own folder: what stands in this one must not be imported.
        done = subprocess.run(
            [python, PROBE], cwd=tree, env=environment(tree, folder / "site", its_own), check=False
        )
    say(f"Migrations that {commit[:10]} does not have: {', '.join(sorted(new)) or 'none'}.")
    if done.returncode:
        say(f"{commit[:10]} CANNOT run on this schema; look at these migrations.")
    else:
        say(f"{commit[:10]} can run on this schema.")
    return not done.returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commits", nargs="+", metavar="commit", help="what runs when the deployment begins")
    commits = [commit_of(name) for name in parser.parse_args().commits]
    # Whoever is ended removes what was made.
    signal.signal(signal.SIGTERM, lambda *_arguments: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="upgrade-") as temporary:
        made = Path(temporary) / "made"
        made.mkdir()
        with database(made) as address:
            say(f"Making the demo with this code on {urlsplit(address).scheme} …")
            make_demo(made, address)
            passed = [asked(each, made, address, Path(temporary) / f"from-{n}") for n, each in enumerate(commits)]
    sys.exit(not all(passed))


if __name__ == "__main__":
    main()
