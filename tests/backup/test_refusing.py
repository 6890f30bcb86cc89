"""Restoring by the command on an empty machine: what it refuses and leaves as it was, and what it goes on with."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.backup import runs
from core.backup.manifest import Manifest
from tests.backup.sites import Site
from tests.stress.resident import ROOT

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("refusing")
    with Site(folder / "site", folder / "backups") as site:
        for number in range(300):
            path = site.folder / "media" / f"{number}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(str(number))
        site.manage("make_backup")
        yield site


@pytest.fixture
def empty(site: Site, tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "empty", site.backups, is_new=False) as empty:
        (empty.folder / "journal.jsonl").touch()
        yield empty


def test_without_the_journal__is_refused_unless_said(empty: Site):
    (empty.folder / "journal.jsonl").unlink()
    assert "The journal is missing" in empty.fails("restore_backup")
    assert not empty.database_exists()
    assert empty.files() == {}

    empty.manage("restore_backup", "--without-journal")
    assert empty.database_exists()


def test_journal_with_a_damaged_line__is_refused_unless_said(empty: Site):
    line = '{"id":"1","at":"2999-01-01T00:00:00+00:00","kind":"unpublished","model":"wagtailcore.page","key"'
    (empty.folder / "journal.jsonl").write_text(line + '\n{"done":"1"}\n')
    assert "The journal is damaged" in empty.fails("restore_backup")
    assert not empty.database_exists()

    empty.manage("restore_backup", "--without-journal")
    assert empty.database_exists()


def test_journal_cut_off_before_the_commit__is_enough(empty: Site):
    (empty.folder / "journal.jsonl").write_text('{"id":"1","at":"2999-01-01T00:00:00+00:00","ki')
    empty.manage("restore_backup")
    assert empty.database_exists()


def test_files_of_another_site__are_left_alone(empty: Site):
    (empty.folder / "media").mkdir()
    (empty.folder / "media" / "another.txt").write_text("kept")

    assert "not empty: it has another.txt" in empty.fails("restore_backup")
    assert empty.files() == {"another.txt": b"kept"}
    assert not empty.database_exists()


def test_file_with_another_content__nothing_is_restored(empty: Site):
    (empty.folder / "media").mkdir()
    (empty.folder / "media" / "7.txt").write_text("another")

    assert "7.txt in the media storage differs from the backup" in empty.fails("restore_backup")
    assert empty.files() == {"7.txt": b"another"}
    assert not empty.database_exists()


def test_file__that_a_killed_restore_has_cut_off_is_written_anew(site: Site, empty: Site):
    (empty.folder / "media").mkdir()
    (empty.folder / "media" / "123.txt").write_text("12")
    (empty.folder / "media" / "7.txt").write_text("")

    empty.manage("restore_backup")
    assert empty.files() == site.files()


def test_journal_of_a_later_version__nothing_is_restored(empty: Site):
    line = (
        '{"id":"1","at":"2999-01-01T00:00:00+00:00","kind":"new","model":"a.b","key":"1","language":"","data":{}}'
    )
    (empty.folder / "journal.jsonl").write_text(line + "\n")

    assert "later version" in empty.fails("restore_backup")
    assert empty.files() == {}
    assert not empty.database_exists()


def test_backup_of_a_later_version__is_refused(empty: Site, tmp_path: Path):
    [run] = runs.all_runs(empty.backups)
    other = tmp_path / "backups"
    shutil.copytree(empty.backups, other)
    manifest = Manifest.read(other / run.name)
    manifest.migrations.append("core.9999_later")
    manifest.write(other / run.name)

    assert "core.9999_later" in empty.fails("restore_backup", str(other / run.name))
    assert not empty.database_exists()


def test_killed__the_same_command_finishes_it(site: Site, empty: Site):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "restore_backup"], cwd=ROOT, env=empty.environment, stdout=subprocess.DEVNULL
    )
    while not empty.files() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not empty.database_exists()
    assert len(empty.files()) < 300

    empty.manage("restore_backup")
    assert empty.files() == site.files()
    assert empty.database_exists()
    assert "not empty" in empty.fails("restore_backup")
    assert [path.name for path in empty.folder.glob(".partial-*")] == []
