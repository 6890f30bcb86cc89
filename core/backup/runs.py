"""The backups in a folder. Each backup is a folder named by the time when it was made (UTC)."""

import datetime
import re
import shutil
from pathlib import Path

from core.backup import blobs
from core.backup.errors import BackupError
from core.backup.files import file_digest
from core.backup.manifest import NAME, Manifest
from core.journal import file as journal_file
from core.journal.file import Journal
from core.whole_files import PARTIAL, sync

JOURNAL = "journal.jsonl"
FORMAT = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")


def all_runs(backups: Path) -> list[Path]:
    """Return the folders of the complete backups in `backups`, oldest first; an empty list if there is no such
    folder."""
    folders = backups.iterdir() if backups.is_dir() else ()
    return sorted(each for each in folders if _NAME.fullmatch(each.name) and (each / NAME).is_file())


def made_at(run: Path) -> datetime.datetime:
    """Return the time (UTC) when the backup was made, as its folder's name says."""
    return datetime.datetime.strptime(run.name, FORMAT).replace(tzinfo=datetime.UTC)


def check(run: Path) -> Manifest:
    """Compare all files of a backup, with the copies of stored files, with its manifest, and return the manifest.
    Raise BackupError if a file is missing or differs."""
    manifest = Manifest.read(run)
    wrong = [
        name
        for name, digest in manifest.files.items()
        if not (run / name).is_file() or file_digest(run / name) != digest
    ]
    wrong += blobs.damaged(run.parent, manifest.media)
    if wrong:
        names = ", ".join(wrong[:5]) + (f" and {len(wrong) - 5} more" if len(wrong) > 5 else "")
        raise BackupError(f"The backup {run} is damaged: {names}. Use another backup.")
    return manifest


def journals(backups: Path) -> Journal:
    """Return the merged copies of the journal from all backups in the folder."""
    found = Journal()
    for run in all_runs(backups):
        found.update(journal_file.read(run / JOURNAL))
    return found


def prune(backups: Path, days: int, now: datetime.datetime) -> list[str]:
    """Remove backups older than `days` before `now`, except the newest, and the copies of files that no other
    backup has. Return the names of the removed backups. The caller must hold the lock
    (`core.backup.files.locked`)."""
    runs = all_runs(backups)
    old = [run for run in runs[:-1] if made_at(run) < now - datetime.timedelta(days=days)]
    for run in old:
        # The manifest first: an interrupted removal then leaves no backup that seems complete.
        (run / NAME).unlink()
        sync(run)
        shutil.rmtree(run)
    remove_leftovers(backups)
    return [run.name for run in old]


def remove_leftovers(backups: Path) -> None:
    """Remove unfinished backups of killed runs, and copies of files that no backup lists. The caller must hold the
    lock, as a running backup would seem unfinished."""
    for folder in backups.iterdir():
        unfinished = folder.name.startswith(PARTIAL)
        if folder.is_dir() and (unfinished or (_NAME.fullmatch(folder.name) and not (folder / NAME).is_file())):
            shutil.rmtree(folder)
    used = {file.digest for run in all_runs(backups) for file in Manifest.read(run).media}
    blobs.remove_unused(backups, used)
