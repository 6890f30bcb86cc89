"""Set up the test database from a migrated copy that is kept between runs, and load the demo into it from another.

A copy is named by a hash of everything that a migration, or the demo, reads, so that any change makes a new one.
SQLite copies a file in the folder for temporary files; PostgreSQL clones a template database on the same server.
"""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache as kept
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import setup_databases

from core import work
from core.languages.site_languages import LocaleCodes
from core.media.renditions import make_pictures
from core.models import SiteImage
from core.stamps.kept import clear as clear_kept

ROOT = Path(__file__).resolve().parent.parent
# What a copy of the migrated database depends on.
MIGRATED = (
    "*/migrations/*.py",
    "home/rights.py",
    "translation/access/groups.py",
    "core/languages/site_languages.py",
    "site_cms/settings/*.py",
    "requirements/runtime.txt",
)
# What a copy of the demo depends on.
DEMO = (*(f"{app}/**/*.*" for app in ("core", "campaigns", "home", "search", "translation")), *MIGRATED)
NOTHING_IN_THE_BACKGROUND = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def set_up_databases() -> list[Any]:
    """Return what `django.test.utils.teardown_databases` takes."""
    name = f"site_cms_{_digest(MIGRATED)}"
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
    _replace_by(f"site_cms_{_digest(MIGRATED)}")


def load_demo(media: Path) -> None:
    """Make the migrated database that of the demo, committed, and copy its files into this folder. The search and
    the sizes of images are written, share pictures are not: their addresses draw them when asked."""
    # The files have random names, which the rows of one database alone know.
    name = f"site_cms_demo_{connection.vendor}_{_digest(DEMO)}"
    folder = Path(tempfile.gettempdir()) / f"{name}.media"
    with _locked(name):
        if not _put_in_place(name, folder):
            shutil.rmtree(folder, ignore_errors=True)
            unfinished = folder.with_suffix(".new")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            # Nobody else waits to write between the slices of recorded work.
            without_pauses = mock.patch.object(work, "PAUSE", 0)
            with override_settings(TASKS=NOTHING_IN_THE_BACKGROUND, MEDIA_ROOT=unfinished), without_pauses:
                call_command("load_demo", stdout=StringIO())
                call_command("rebuild_search", readers=True, verbosity=0)
                for image in SiteImage.objects.all():
                    make_pictures(image)
            _keep_as(name)
            unfinished.rename(folder)
    shutil.copytree(folder, media, dirs_exist_ok=True)


def _put_in_place(name: str, folder: Path) -> bool:
    """Put the kept demo in the place of the test database, and return True. Return False, with the migrated
    database in place, if there is none or another server has written the files since."""
    if not (_is_kept(name) and folder.exists()):
        return False
    _replace_by(name)
    if (folder / SiteImage.objects.all()[0].file.name).exists():
        return True
    restore()
    return False


def _is_kept(name: str) -> bool:
    """Return whether there is a copy of this name. A server of PostgreSQL may be younger than the files in the
    folder for temporary files."""
    if connection.vendor == "sqlite":
        return _template_file(name).exists()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _keep_as(name: str) -> None:
    """Keep a copy of the test database as it is."""
    database = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copy(database, _template_file(name))
        return
    connection.close()
    with connection._nodb_cursor() as cursor:
        _drop_others(cursor, name)
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{database}"')


def _drop_others(cursor: Any, name: str) -> None:
    """Drop the copies that were kept before, under the same name with other hashes."""
    kept = name.rpartition("_")[0]
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s AND datname <> %s", [f"^{kept}_[0-9a-f]{{16}}$", name]
    )
    for (other,) in cursor.fetchall():
        cursor.execute(f'ALTER DATABASE "{other}" WITH IS_TEMPLATE false')
        cursor.execute(f'DROP DATABASE "{other}"')


def _replace_by(name: str) -> None:
    """Put a copy in the place of the test database."""
    database = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        for leftover in (f"{database}-wal", f"{database}-shm"):
            Path(leftover).unlink(missing_ok=True)
        shutil.copy(_template_file(name), database)
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE "{name}"')
    ContentType.objects.clear_cache()
    LocaleCodes.clear()
    clear_kept()
    cache.clear()


def template() -> str:
    """Return the name of the migrated copy, which must be there: of a file, or of a database of the server."""
    name = f"site_cms_{_digest(MIGRATED)}"
    return str(_template_file(name)) if connection.vendor == "sqlite" else name


def _template_file(name: str) -> Path:
    return Path(tempfile.gettempdir()) / f"{name}.sqlite3"


@kept
def _digest(patterns: tuple[str, ...]) -> str:
    paths = sorted(
        {path for pattern in patterns for path in ROOT.glob(pattern) if path.suffix not in (".pyc", ".mo")}
    )
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
            _drop_others(cursor, template)
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
