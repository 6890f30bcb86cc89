"""Each kind of change on some pages of the demo: what has changed is not shown as it was, the rest is left
alone."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import override_settings

from core.stamps.changes import watched_tables
from core.stamps.collecting import LISTED, collecting
from tests.databases import load_demo, restore
from tests.freshness.kinds import KINDS, prepare
from tests.freshness.play import Played, Site, addresses, some_of, total

pytestmark = pytest.mark.long

PAGES = 30
LEFT_ALONE = 0.92
NOT_WATCHED = {
    "campaigns_listingstate",
    "campaigns_listedmonth",
    "campaigns_listing",
    "core_recordedwork",
    "core_siterendition",
    "django_content_type",
}
"""Tables that public pages read and whose rows change nothing of what they show; the lists stamp by themselves."""


@dataclass
class Run:
    """What all changes did, and the tables that the pages read before."""

    played: dict[str, Played]
    tables: set[str]


@pytest.fixture(scope="module")
def run(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Run]:
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=str(media), JOURNAL=str(media / "journal")):
        try:
            load_demo(media)
            prepare()
            # What was stamped before is over.
            with override_settings(STAMPS=str(media / "stamps")):
                yield play_all()
        finally:
            restore()


def play_all() -> Run:
    with collecting() as collected:
        site = Site(some_of(addresses(), PAGES))
    tables = {tag.removeprefix("table:") for tag in collected.tags if tag.startswith("table:")}
    return Run({name: site.play(change) for name, change in KINDS.items()}, tables)


@pytest.mark.parametrize("name", KINDS)
def test_change__is_shown(run, name):
    assert run.played[name].missed == []


def test_what_did_not_change__is_left_alone(run):
    assert total(run.played.values()).left_alone >= LEFT_ALONE


def test_tables_that_pages_read__are_watched(run):
    assert len(run.tables) > 10
    assert run.tables - watched_tables() == set()
    assert LISTED - watched_tables() == NOT_WATCHED
