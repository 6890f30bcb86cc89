"""The drill: a site is backed up by the command, and restored by the command on other machines: once as it was,
once after things were taken away that must not come back."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.backup import happening
from tests.backup.sites import Site

pytestmark = pytest.mark.long


class Drill:
    """`site` goes on after its backup; `copy` was restored at once, `later` after `taken` had happened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.chosen: dict[str, Any] = {}
        self.backups = folder / "backups"
        self.site = Site(folder / "site", self.backups)
        self.copy = Site(folder / "copy", self.backups, is_new=False)
        self.later = Site(folder / "later", self.backups, is_new=False)

    def ask(self, site: Site, function: Callable[..., object], *arguments: object) -> Any:
        return site.call(happening.__name__, function.__name__, *arguments)

    def take_journal_to(self, site: Site) -> None:
        shutil.copy(self.site.folder / "journal.jsonl", site.folder)


@pytest.fixture(scope="module")
def drill(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    drill = Drill(tmp_path_factory.mktemp("drill"))
    with drill.site, drill.copy, drill.later:
        drill.chosen = drill.ask(drill.site, happening.make)
        drill.site.manage("make_backup")
        yield drill


@pytest.fixture(scope="module")
def copy(drill: Drill) -> Site:
    drill.take_journal_to(drill.copy)
    drill.copy.manage("restore_backup")
    return drill.copy


@pytest.fixture(scope="module")
def printed(drill: Drill, copy: Site) -> str:
    drill.ask(drill.site, happening.take_away, drill.chosen)
    drill.take_journal_to(drill.later)
    return drill.later.manage("restore_backup")


@pytest.fixture(scope="module")
def after(drill: Drill, printed: str) -> dict[str, Any]:
    return drill.ask(drill.later, happening.state, drill.chosen)


def test_restore__all_tables_are_equal(drill: Drill, copy: Site):
    tables = drill.ask(drill.site, happening.tables)

    assert len(tables) > 100
    assert tables["campaigns_quote"][0] == 5
    assert drill.ask(copy, happening.tables) == tables


def test_restore__all_files_are_equal(drill: Drill, copy: Site):
    files = drill.site.files()

    assert len(files) > 5
    assert copy.files() == files


TIMES = re.compile(rb"<(updated|lastmod)>[^<]*</\1>|(LAST-MODIFIED|DTSTAMP):[^\\r\\n]*")


def without_times(pages: dict[str, list[Any]]) -> dict[str, tuple[int, bytes]]:
    return {url: (status, TIMES.sub(b"", bytes.fromhex(content))) for url, (status, content) in pages.items()}


def test_restore__public_pages_are_equal_byte_for_byte(drill: Drill, copy: Site):
    """But for the times of feeds, sitemaps and calendars: a restored site knows when something was last published,
    and not when it was last changed otherwise."""
    pages = without_times(drill.ask(drill.site, happening.public))

    assert sum(status == 200 for status, _content in pages.values()) > 20
    assert without_times(drill.ask(copy, happening.public)) == pages


def test_restore__what_was_withdrawn_is_gone_in_all_languages(drill: Drill, after: dict[str, Any]):
    apart = {"core_withheldcontent.rows", "core_withheldcontent.words"}
    before = drill.ask(drill.copy, happening.state, drill.chosen)

    assert before["found"] == list(happening.CODES)
    assert all("wagtailcore_revision.content" in places for places in before["places"].values())
    assert {word: set(places) - apart for word, places in after["places"].items() if set(places) - apart} == {}
    assert after["found"] == []
    assert (before["is_withdrawn"], after["is_withdrawn"]) == (False, True)


def test_restore__what_was_withdrawn_by_mistake_is_not_withdrawn_again(after: dict[str, Any]):
    assert after["mistaken"] == 0


def test_restore__what_was_unpublished_or_deleted_is_so_in_its_language_alone(after: dict[str, Any], printed: str):
    assert after["live"] == {"unpublished": ["en", "tg"], "deleted": ["tg"], "purged": ["tg"]}
    assert after["in_trash"] == {"deleted": ["en", "ru"], "purged": []}
    assert after["private"] in (302, 403)
    assert "Removed again" in printed


def test_restore__changed_helpline_is_shown(after: dict[str, Any]):
    assert after["number"] == "111-11-11"
