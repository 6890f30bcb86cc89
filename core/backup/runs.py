"""The backups in a folder: each a folder named by when it was made."""

import datetime
import re
import shutil
from pathlib import Path

from core.backup import blobs
from core.backup.disk import digest_of
from core.backup.errors import BackupError
from core.backup.manifest import NAME, Manifest
from core.journal import file as journal_file
from core.journal.file import Journal
from core.whole_files import PARTIAL, sync_folder

JOURNAL = "journal.jsonl"
FORMAT = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")


def all_runs(backups: Path) -> list[Path]:
    """Return the whole ones, the oldest first."""
    folders = backups.iterdir() if backups.is_dir() else ()
    return sorted(each for each in folders if _NAME.fullmatch(each.name) and (each / NAME).is_file())


def made_at(run: Path) -> datetime.datetime:
    return datetime.datetime.strptime(run.name, FORMAT).replace(tzinfo=datetime.UTC)


def check(run: Path) -> Manifest:
    """Return what a backup holds, having read all of it. Raise BackupError where anything is missing or
    differs."""
    manifest = Manifest.read(run)
    wrong = [
        name
        for name, digest in manifest.files.items()
        if not (run / name).is_file() or digest_of(run / name) != digest
    ]
    wrong += blobs.damaged(run.parent, manifest.media)
    if wrong:
        names = ", ".join(wrong[:5]) + (f" and {len(wrong) - 5} more" if len(wrong) > 5 else "")
        raise BackupError(f"The backup {run} is damaged: {names}. Use another backup.")
    return manifest


def journals(backups: Path) -> Journal:
    """Return what the journals of all backups in the folder say."""
    found = Journal()
    for run in all_runs(backups):
        found.update(journal_file.read(run / JOURNAL))
    return found


def prune(backups: Path, days: int, now: datetime.datetime) -> list[str]:
    """Remove the backups that are older than so many days, never the newest, and the files that only these had.
    Return their names. The lock must be held."""
    runs = all_runs(backups)
    old = [run for run in runs[:-1] if made_at(run) < now - datetime.timedelta(days=days)]
    for run in old:
        # Without its manifest it is no backup any more, also where this is interrupted.
        (run / NAME).unlink()
        sync_folder(run)
        shutil.rmtree(run)
    remove_leftovers(backups)
    return [run.name for run in old]


def remove_leftovers(backups: Path) -> None:
    """Remove what killed runs have left: unfinished backups and copies of files that no backup names."""
    for folder in backups.iterdir():
        unfinished = folder.name.startswith(PARTIAL)
        if folder.is_dir() and (unfinished or (_NAME.fullmatch(folder.name) and not (folder / NAME).is_file())):
            shutil.rmtree(folder)
    used = {file.digest for run in all_runs(backups) for file in Manifest.read(run).media}
    blobs.remove_unused(backups, used)
