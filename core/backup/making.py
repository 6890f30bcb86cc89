"""Creation of a backup, which is complete or absent."""

import datetime
import secrets
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from django.db import connection
from django.utils import timezone

from core.audit.actions import BACKUP_BEGUN
from core.audit.record import record
from core.backup import blobs, runs
from core.backup.engines import engine
from core.backup.errors import BackupError
from core.backup.files import file_digest, locked
from core.backup.manifest import Manifest, StoredFile
from core.internals.django import MigrationRecorder
from core.journal import file as journal_file
from core.journal.recording import settle
from core.whole_files import PARTIAL, sync


def make(backups: Path) -> Path:
    """Write a backup of the site, which may be running, to a new folder in `backups`, and return this folder.
    Raise BackupError, for example if a tool is missing or another backup is being made, or OSError; nothing is
    left of the unfinished backup."""
    own = engine()
    own.check_tools()
    with locked(backups):
        runs.remove_leftovers(backups)
        now = timezone.now().astimezone(datetime.UTC)
        target = backups / now.strftime(runs.FORMAT)
        if target.exists():
            raise BackupError(f"{target} already exists. Try again in a second.")
        folder = backups / f"{PARTIAL}{secrets.token_hex(8)}"
        folder.mkdir(mode=0o700)
        try:
            # Before the dump: the restored database is compared with the dumped one.
            record(BACKUP_BEGUN, details={"name": target.name})
            _fill(folder, backups, now).write(folder)
            folder.rename(target)
            sync(backups)
        finally:
            with suppress(FileNotFoundError):
                shutil.rmtree(folder)
    return target


def _fill(folder: Path, backups: Path, now: datetime.datetime) -> Manifest:
    """Write the journal and the dump of the database into `folder`, copy the stored files to `backups`, and return
    the manifest."""
    own = engine()
    # First: what the journal marks as done is then in the database, which is dumped later.
    settle()
    journal_file.ensure_exists()
    journal_file.append(journal_file.read().lines(), folder / runs.JOURNAL)
    (folder / runs.JOURNAL).touch()
    earlier = runs.all_runs(backups)
    before = blobs.copy_all(backups, Manifest.read(earlier[-1]).media if earlier else [])
    tables = own.dump(folder / own.file_name)
    # Again: files uploaded meanwhile are in the dump; files deleted meanwhile may be, and are kept from `before`.
    after = blobs.copy_all(backups, before)
    names = (own.file_name, runs.JOURNAL)
    return Manifest(
        made_at=now.isoformat(),
        engine=connection.vendor,
        server=own.server(),
        files={name: file_digest(folder / name) for name in names},
        migrations=applied_migrations(),
        tables=tables,
        media=_together(before, after),
    )


def applied_migrations() -> list[str]:
    """Return the applied migrations as "app.name", sorted."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _together(before: list[StoredFile], after: list[StoredFile]) -> list[StoredFile]:
    """Return the files of both lists by name; those that are only in `before` are marked as gone."""
    there = {each.name for each in after}
    gone = [replace(each, is_gone=True) for each in before if each.name not in there]
    return sorted([*after, *gone], key=lambda each: each.name)
