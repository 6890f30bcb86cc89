"""Restoration of a site from a backup into an empty database and an empty media storage.

The restoration succeeds completely or changes nothing. What was withdrawn, unpublished or deleted after the backup
was made is removed again, as the journal says.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from core import work
from core.audit.actions import RESTORED
from core.audit.record import record
from core.backup import blobs, checksums, runs
from core.backup.engines import engine
from core.backup.errors import BackupError
from core.backup.manifest import Manifest
from core.helplines.copy import write_copy
from core.internals.django import MigrationLoader
from core.journal import applying
from core.journal import file as journal_file
from core.journal.file import DONE, Entry, Journal
from core.media.storage import stored_names
from core.stamps.stamping import stamps
from core.stamps.tags import EVERYTHING
from core.trash.removal import remove_files

Say = Callable[[str], object]


@dataclass
class Restored:
    """Result of a restoration.

    `lines` describe what was removed again; `uncertain` are entries of the journal whose transaction may have been
    rolled back.
    """

    manifest: Manifest
    lines: list[str] = field(default_factory=list)
    uncertain: list[Entry] = field(default_factory=list)


def restore(run: Path, say: Say, without_journal: bool = False) -> Restored:
    """Restore the backup in the folder `run` to the database and the media storage of the settings, migrate it to
    this version, and return what was restored and removed again.

    `say` is called with lines of progress. Raise BackupError, having changed nothing, if the backup is damaged, of
    another engine or a later version, the database or the media storage is not empty, or the journal is missing or
    damaged and `without_journal` is false.
    """
    own = engine()
    own.check_tools()
    own.check_empty()
    say("Checking the backup …")
    manifest = runs.check(run)
    if manifest.engine != connection.vendor:
        raise BackupError(f"The backup is of {manifest.engine}: set DATABASE_URL to a database of this type.")
    _check_migrations(manifest)
    _check_media(manifest)
    journal = _journal(run, without_journal)
    restored = Restored(manifest)
    say(f"Restoring the database of {manifest.made_at[:16]} …")
    with own.beside(run / own.file_name):
        if wrong := checksums.differences(manifest.tables, own.tables()):
            raise BackupError(f"Tables differ from the backup: {', '.join(wrong)}.")
        _migrate(say)
        say(f"Restoring {len(manifest.media)} files …")
        with blobs.put_back(run.parent, manifest.media):
            remove_files([file.name for file in manifest.media if file.is_gone])
            _take_away(restored, journal, journal_file.read(run / runs.JOURNAL), say)
            # Before the database gets its name, as the site can run from then on.
            _write_journal(journal, restored)
    stamps().stamp([EVERYTHING], removal=True)
    _tidy()
    return restored


def _journal(run: Path, without_journal: bool) -> Journal:
    """Return the journal of this machine, merged with the copies in all backups of the same folder.

    Raise BackupError if the journal is missing or has lost lines, unless `without_journal` is true.
    """
    path = journal_file.path()
    if not path.is_file() and not without_journal:
        raise BackupError(
            f"The journal is missing: {path}. Without it, content withdrawn since the newest backup becomes "
            "public again. Copy the journal from the old machine. If it is lost, use --without-journal, then find "
            "and withdraw, unpublish or delete this content yourself."
        )
    journal = runs.journals(run.parent)
    journal.update(journal_file.read())
    lost = journal.lost - journal_file.read(run / runs.JOURNAL).done
    if lost and not without_journal:
        raise BackupError(
            f"The journal is damaged: {path}. {len(lost)} entries cannot be identified. Copy the journal from "
            "the old machine again. If it is lost, use --without-journal, then find and withdraw, unpublish or "
            "delete this content yourself."
        )
    return journal


def _check_migrations(manifest: Manifest) -> None:
    """Raise BackupError if the backup has migrations that the code does not have."""
    on_disk = MigrationLoader(None).disk_migrations
    known = {*on_disk, *(each for migration in on_disk.values() for each in migration.replaces)}
    unknown = sorted(set(manifest.migrations) - {f"{app}.{name}" for app, name in known})
    if unknown:
        raise BackupError(
            f"The backup is of another version of the code: it has {', '.join(unknown[:5])}. Check out the "
            "version that made it, or a later one."
        )


def _check_media(manifest: Manifest) -> None:
    """Raise BackupError if the media storage has files whose names are not in the backup. Files of the same name
    may come from an interrupted restoration and are compared later."""
    names = {file.name for file in manifest.media}
    others = [name for name in stored_names() if name not in names]
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        raise BackupError(f"The media storage is not empty: it has {others[0]}{more}. Move these files away.")


def _migrate(say: Say) -> None:
    """Apply the migrations that the backup does not have yet, and `say` so if there are any."""
    loader = MigrationLoader(connection)
    if any(key not in loader.applied_migrations for key in loader.graph.leaf_nodes()):
        say("Migrating to this version …")
        call_command("migrate", interactive=False, verbosity=0)


def _take_away(restored: Restored, journal: Journal, before: Journal, say: Say) -> None:
    """Apply the journal to the restored database, and set the results in `restored`. Rebuild the search index if
    anything has changed. `before` is the backup's own copy of the journal. Raise BackupError if the code does not
    know a kind of entry."""
    say("Removing what was withdrawn, unpublished or deleted since the backup …")
    applied = applying.apply(journal, before)
    if applied.unknown:
        raise BackupError(f"The journal is of a later version of the code: {applied.unknown[0]}.")
    restored.lines, restored.uncertain = applied.lines, applied.uncertain
    if applied.lines:
        # Only now: a database from which nothing was removed stays equal to the backup.
        record(RESTORED, details={"made_at": restored.manifest.made_at, "taken_away": len(applied.lines)})
        work.perform_due(outside=False)
        call_command("rebuild_search", verbosity=0)


def _write_journal(journal: Journal, restored: Restored) -> None:
    """Add the entries of the merged journal to the journal of this machine, and mark uncertain entries as done, so
    that another restoration applies them again."""
    known = journal_file.read()
    journal.done |= {entry.id for entry in restored.uncertain}
    entries = [asdict(entry) for entry in journal.in_order() if entry.id not in known.entries]
    journal_file.append([*entries, *({DONE: key} for key in sorted(journal.done - known.done))])
    journal_file.ensure_exists()


def _tidy() -> None:
    """Clear the cache and rewrite the copy for error pages: both are of another database."""
    cache.clear()
    write_copy()
