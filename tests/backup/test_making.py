"""Backups: whole or not there, files once, damage found, old ones removed. Restoring refuses what is not empty."""

import datetime
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.audit.models import AuditEntry
from core.backup import blobs, runs
from core.backup.engines import engine
from core.backup.errors import BackupError
from core.backup.files import locked
from core.backup.manifest import Manifest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files() -> dict[str, bytes]:
    found = {"images/a.jpg": b"picture", "images/copy.jpg": b"picture", "documents/b.pdf": b"text"}
    for name, content in found.items():
        default_storage.save(name, ContentFile(content))
    return found


def backups() -> Path:
    return Path(settings.BACKUPS)


def make() -> Path:
    """Make a backup by the command. Two in a second have one name."""
    for run in runs.all_runs(backups()):
        older = runs.made_at(run) - datetime.timedelta(hours=1)
        run.rename(run.with_name(older.strftime(runs.FORMAT)))
    call_command("make_backup", "--keep-days", "0")
    return runs.all_runs(backups())[-1]


def copies() -> list[str]:
    return sorted(path.name for path in (backups() / blobs.FOLDER).rglob("*") if path.is_file())


def test_files__are_kept_once_by_digest(files):
    first = make()
    assert len(copies()) == 2
    assert len(Manifest.read(first).media) == 3

    default_storage.save("images/c.jpg", ContentFile(b"new"))
    default_storage.delete("images/a.jpg")
    second = make()
    assert len(copies()) == 3
    assert [each.name for each in Manifest.read(second).media] == [
        "documents/b.pdf",
        "images/c.jpg",
        "images/copy.jpg",
    ]


def test_file_written_anew_under_its_name__is_copied_anew():
    make()
    path = Path(settings.MEDIA_ROOT) / "images/a.jpg"
    path.write_bytes(b"PICTURE")
    os.utime(path, (1, 1))

    run = make()
    [file] = [each for each in Manifest.read(run).media if each.name == "images/a.jpg"]
    assert blobs.path_of(backups(), file.digest).read_bytes() == b"PICTURE"


def test_backup__is_for_its_owner_alone_and_in_the_audit_log():
    run = make()

    everything = [backups(), run, *run.iterdir(), *(backups() / blobs.FOLDER).rglob("*")]
    assert {oct(path.stat().st_mode & 0o077) for path in everything} == {"0o0"}
    assert AuditEntry.objects.get(action="backup.begun").details == {"name": run.name}


def test_failure__leaves_no_backup(monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Manifest, "write", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("make_backup")

    assert runs.all_runs(backups()) == []
    assert [path.name for path in backups().iterdir() if path.is_dir()] in ([], [blobs.FOLDER])


def test_leftovers_of_a_killed_run__go_with_the_next():
    make()
    half = backups() / ".partial-0123"
    half.mkdir()
    (half / "database").write_bytes(b"half")
    (backups() / blobs.FOLDER / "ab").mkdir(exist_ok=True)
    (backups() / blobs.FOLDER / "ab" / ".partial-4567").write_bytes(b"half")
    make()

    assert not half.exists()
    assert len(copies()) == 2


def test_two_at_once__the_second_is_refused():
    with locked(backups()), pytest.raises(CommandError, match="Another backup"):
        call_command("make_backup")


@pytest.mark.parametrize("what", ["database", "manifest.json", "journal.jsonl", "file", "missing file"])
def test_damage__is_found(what):
    run = make()
    call_command("restore_backup", run, "--check", verbosity=0)
    names = {"database": run / engine().file_name, "manifest.json": run / what, "journal.jsonl": run / what}
    path = names.get(what) or blobs.path_of(backups(), Manifest.read(run).media[0].digest)
    content = bytearray(path.read_bytes() or b"\n")
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    if what == "missing file":
        path.unlink()

    with pytest.raises(CommandError, match=r"damaged|cannot be used"):
        call_command("restore_backup", run, "--check")


def test_prune__keeps_the_newest_and_what_it_has():
    make()
    default_storage.delete("documents/b.pdf")
    new = make()
    assert len(copies()) == 2

    later = timezone.now() + datetime.timedelta(days=400)
    [old, _new] = runs.all_runs(backups())
    with locked(backups()):
        assert runs.prune(backups(), 30, later) == [old.name]
    assert runs.all_runs(backups()) == [new]
    assert len(copies()) == 1
    runs.check(new)


def test_prune__by_the_command_without_a_new_backup():
    old = make()
    old.rename(old.with_name("2020-01-01T000000Z"))
    make()
    call_command("make_backup", "--prune-only", "--keep-days", "0")
    assert len(runs.all_runs(backups())) == 2
    call_command("make_backup", "--prune-only", "--keep-days", "30")
    assert len(runs.all_runs(backups())) == 1


def test_restore__into_a_filled_database_is_refused():
    run = make()
    assert Path(settings.JOURNAL).exists()
    with pytest.raises(CommandError, match=r"not empty.*Nothing was restored"):
        call_command("restore_backup", run)


def test_restore__without_any_backup():
    with pytest.raises(CommandError, match="There is no backup"):
        call_command("restore_backup")


def test_manifest__of_another_format_is_refused(tmp_path):
    with pytest.raises(BackupError, match="is no backup"):
        Manifest.read(tmp_path)
