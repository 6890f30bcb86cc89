"""What a process keeps of what many pages show alike is as fresh as a stored page."""

import datetime
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from core import work
from core.drafts_drawn import Drafts, drawn_with
from core.stamps import kept as kept_values
from core.stamps import stamping, tags
from core.stamps.collecting import collecting, note
from core.stamps.file import StampFile
from core.stamps.kept import kept
from core.visibility import hidden_from
from home import navigation
from tests import factories
from tests.helplines import HelplineFactory
from tests.stamping import settle

HOME = "/en/"


@pytest.fixture(autouse=True)
def stamps(tmp_path, settings, monkeypatch) -> Iterator[StampFile]:
    """Keep values also in the transaction of a test."""
    settings.STAMPS = str(tmp_path / "stamps")
    monkeypatch.setattr(kept_values, "in_transaction", lambda: False)
    kept_values.clear()
    yield stamping.stamp_file()
    kept_values.clear()


def of_another_process(path: Path) -> StampFile:
    return StampFile(path)


class Made:
    """A function that says how often it was called."""

    def __init__(self, *names: str) -> None:
        self.names, self.times = names, 0

    def __call__(self) -> int:
        note(*self.names)
        self.times += 1
        return self.times


def test_value__is_made_once_until_another_process_stamps_what_it_was_made_of(stamps, db):
    make = Made("row:1")
    assert [kept("a", make), kept("a", make)] == [1, 1]
    of_another_process(stamps.path).stamp(["row:2"])
    assert kept("a", make) == 1
    of_another_process(stamps.path).stamp(["row:1"])
    assert [kept("a", make), kept("a", make)] == [2, 2]
    of_another_process(stamps.path).stamp([tags.EVERYTHING], removal=True)
    assert kept("a", make) == 3


def test_removal_that_is_not_committed__is_not_kept(stamps, db):
    make = Made("row:1")
    kept("a", make)
    of_another_process(stamps.path).stamp(["row:1"], removal=True, pending=True)
    assert [kept("a", make), kept("a", make)] == [2, 3]


def test_change_while_it_is_made__is_not_missed(stamps, db):
    def make() -> str:
        note("row:1")
        of_another_process(stamps.path).stamp(["row:1"])
        return "old"

    assert kept("a", make) == "old"
    assert kept("a", lambda: "new") == "new"


def test_kept_value__notes_what_it_was_made_of_where_it_is_used(db):
    end = timezone.now() + datetime.timedelta(minutes=5)

    def outer() -> str:
        return "made" if kept("inner", Made("row:1")) else ""

    kept("inner", Made("row:1"))
    for _time in range(2):
        with collecting() as collected:
            collected.until(end)
            assert kept("outer", outer) == "made"
        assert "row:1" in collected.tags


def test_value__is_made_anew_when_something_of_it_ends_and_on_another_day(db, site, monkeypatch):
    page = factories.NewsPageFactory(
        parent=site.news_index, expire_at=timezone.now() + datetime.timedelta(minutes=5)
    )
    settle()
    ending = [lambda: Page.objects.get(pk=page.pk) and time.time(), lambda: time.time()]
    first = [kept(number, make) for number, make in enumerate(ending)]
    assert [kept(number, make) for number, make in enumerate(ending)] == first
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    assert kept(0, ending[0]) != first[0]
    monkeypatch.setattr(time, "time", lambda: now + 25 * 3600)
    assert kept(1, ending[1]) != first[1]


def test_transaction__neither_uses_nor_makes_kept_values(db, monkeypatch):
    make = Made("row:1")
    kept("a", make)
    monkeypatch.setattr(kept_values, "in_transaction", lambda: True)
    assert [kept("a", make), kept("a", make)] == [2, 3]


def test_stamps_of_other_servers_unknown__nothing_is_kept(db, settings):
    settings.STAMPS_URL = "redis://localhost:1"
    make = Made("row:1")
    assert [kept("a", make), kept("a", make)] == [1, 2]


def test_number_of_kept_values__is_bounded(db, monkeypatch):
    monkeypatch.setattr(kept_values, "MOST", 3)
    makes = [Made("row:1") for _number in range(5)]
    for number, make in enumerate(makes):
        kept(number, make)
    assert [kept(number, makes[number]) for number in (2, 3, 4, 0)] == [1, 1, 1, 2]


def shown(client) -> str:
    return client.get(HOME).content.decode()


def test_menu_footer_and_helpline__show_each_change_at_once(client, site):
    section = factories.SectionPageFactory(parent=site.home, title="Before", show_in_menus=True)
    line = HelplineFactory(number="+992 44 600 12 34")
    site.home.footer_text = "The old address"
    site.home.save()
    work.perform_due()
    assert shown(client) == shown(client)
    assert all(text in shown(client) for text in ("Before", "600", "The old address"))

    section.title = "After"
    section.save()
    line.number = "+992 44 700 12 34"
    line.save()
    site.home.footer_text = "The new address"
    site.home.save()
    work.perform_due()
    assert not any(text in shown(client) for text in ("Before", "600 12 34", "The old address"))
    assert all(text in shown(client) for text in ("After", "700", "The new address"))

    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert "After" not in shown(client)


def test_page_that_is_restricted_while_a_request_runs__is_not_kept_in_the_menu(client, site, monkeypatch):
    section = factories.SectionPageFactory(parent=site.home, title="Before", show_in_menus=True)
    work.perform_due()
    begin = navigation.Navigation.__init__

    def begin_and_restrict(self: navigation.Navigation, request: HttpRequest, page: Page | None = None) -> None:
        begin(self, request, page)
        hidden_from(request)
        PageViewRestriction.objects.get_or_create(page=section, restriction_type="login")
        settle()

    kept_values.clear()
    monkeypatch.setattr(navigation.Navigation, "__init__", begin_and_restrict)
    # Those pages were no private ones yet when the request asked.
    assert "Before" in shown(client)
    assert "Before" not in shown(client)


def test_unpublished_section__leaves_the_menu_at_once(client, site):
    section = factories.SectionPageFactory(parent=site.home, title="Before", show_in_menus=True)
    work.perform_due()
    assert "Before" in shown(client)
    section.unpublish()
    # Before the worker has stamped it.
    assert "Before" not in shown(client)


def test_drafts_that_are_drawn__are_not_kept_for_others(db):
    make = Made("row:1")
    kept("a", make)
    with drawn_with(Drafts("ru", {}, lambda _image, words: words)):
        assert [kept("a", make), kept("a", make)] == [2, 3]
    assert kept("a", make) == 1
