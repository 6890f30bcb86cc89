"""Set up the test database from a migrated copy that is kept between runs.

The copy is named by a hash of everything that a migration reads, so that any change makes a new one. SQLite copies
a file in the folder for temporary files; PostgreSQL clones a template database on the same server.
"""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache as kept
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import setup_databases

from core.languages.site_languages import LocaleCodes

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (
    "*/migrations/*.py",
    "home/rights.py",
    "translation/access/groups.py",
    "core/languages/site_languages.py",
    "site_cms/settings/*.py",
    "requirements/runtime.txt",
)


def set_up_databases() -> list[Any]:
    """Return what `django.test.utils.teardown_databases` takes."""
    name = f"site_cms_{_digest()}"
    with _locked(name):
        if connection.vendor == "sqlite":
            _copy_file(_template_file(name))
            # Django keeps the file that is there and asks only whether a migration is missing.
            return setup_databases(verbosity=0, interactive=False, keepdb=True)
        _clone_database(name)
    return setup_databases(verbosity=0, interactive=False)


def restore() -> None:
    """Make the database what it was before the tests: one that commits ends with emptied tables, in which even
    what the migrations have written is missing."""
    name = f"site_cms_{_digest()}"
    connection.close()
    if connection.vendor == "sqlite":
        path = connection.settings_dict["NAME"]
        for leftover in (f"{path}-wal", f"{path}-shm"):
            Path(leftover).unlink(missing_ok=True)
        shutil.copy(_template_file(name), path)
    else:
        database = connection.settings_dict["NAME"]
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE "{name}"')
    ContentType.objects.clear_cache()
    LocaleCodes.clear()
    cache.clear()


def template() -> str:
    """Return the name of the migrated copy, which must be there: of a file, or of a database of the server."""
    name = f"site_cms_{_digest()}"
    return str(_template_file(name)) if connection.vendor == "sqlite" else name


def _template_file(name: str) -> Path:
    return Path(tempfile.gettempdir()) / f"{name}.sqlite3"


@kept
def _digest() -> str:
    paths = sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))
    content = b"".join(str(path.relative_to(ROOT)).encode() + path.read_bytes() for path in paths)
    return hashlib.sha256(content).hexdigest()[:16]


@contextmanager
def _locked(name: str) -> Iterator[None]:
    """Let one process make the copy while the others wait for it."""
    with open(Path(tempfile.gettempdir()) / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy_file(template: Path) -> None:
    if not template.exists():
        unfinished = template.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        _migrate(str(unfinished))
        unfinished.rename(template)
    shutil.copy(template, connection.settings_dict["TEST"]["NAME"])


def _clone_database(template: str) -> None:
    """Each worker clones it by itself; an unfinished one is migrated further."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [template])
        exists = cursor.fetchone() is not None
    if not exists:
        _migrate(template)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{template}" WITH IS_TEMPLATE true')
    connection.settings_dict["TEST"]["TEMPLATE"] = template


def _migrate(name: str) -> None:
    database, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    wanted = test["NAME"]
    test["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=True)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES[connection.alias]["NAME"] = database
        test["NAME"] = wanted
