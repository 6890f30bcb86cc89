"""Many stories for measuring: written in bulk, and as if they had been published one by one."""

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex

from campaigns.kinds import KINDS
from campaigns.listings.reading import listed
from campaigns.models import CampaignPage, NewsPage, Person
from campaigns.querysets import Period
from core.query_planning import analyse
from core.visibility import originals
from home.scale.stories import FILLING
from tests import factories
from tests.scenes import scene

STORIES = 40
# As `create_or_update_for_object` writes them.
COLUMNS = (
    "content_type", "base_content_type", "to_content_type", "to_object_id", "model_path", "content_path",
    "content_path_hash",
)  # fmt: skip


@scene
def targets(site):
    """What the demo has of all that a story is tied to."""
    factories.CampaignPageFactory(parent=site.campaign_index, slug="campaign")
    factories.ProjectPageFactory(parent=factories.SectionPageFactory(parent=site.home, slug="our-work"))
    for factory in (
        factories.OrganisationFactory,
        factories.TopicFactory,
        factories.PlaceFactory,
        factories.SDGFactory,
        factories.SiteImageFactory,
    ):
        factory()
    return site


@scene
def scale(targets):
    call_command("make_scale", stories=STORIES, verbosity=0)
    return targets


def references(instance) -> list[tuple[Any, ...]]:
    return sorted(ReferenceIndex.get_references_for_object(instance).values_list(*COLUMNS))


def test_stories__answer_in_their_languages(client, scale):
    stories = list(NewsPage.objects.all())
    codes = {story.locale.language_code for story in stories}

    assert len(stories) == STORIES
    assert codes == {"en", "ru", "tg", "fa-af"}
    assert {client.get(story.get_url()).status_code for story in stories} == {200}
    assert client.get(scale.news_index.get_url()).status_code == 200


def test_tree__is_whole(scale):
    assert not any(Page.find_problems())
    assert sum(index.numchild for index in type(scale.news_index).objects.all()) == STORIES


@pytest.mark.parametrize("model", [NewsPage, Person, *(kind.model for kind in KINDS)])
def test_references__are_those_that_wagtail_finds(scale, model):
    rows = list(model._base_manager.all())
    written = {row.pk: references(row) for row in rows}
    for row in rows:
        ReferenceIndex.create_or_update_for_object(row)

    assert rows
    assert written == {row.pk: references(row) for row in rows}


def test_shown_files__are_complete(scale):
    with StringIO() as said:
        call_command("rebuild_shown_files", check=True, stdout=said)
        assert said.getvalue().endswith(", 0 rows changed.\n")


def test_material__is_shown_with_its_story(client, scale):
    story = originals(NewsPage.objects.all()).get(slug="scale-1")
    for kind in KINDS:
        rows = kind.model.objects.filter(**{kind.story_field: story})
        assert rows.consented().filter(live=True).count() == 4
    page = client.get(story.get_url()).text
    assert "That is rule 1." in page
    assert "Speaker" in page


def test_edition__has_as_much_as_its_page_shows(targets):
    campaign = CampaignPage.objects.get()
    factories.EditionPageFactory(parent=campaign, year=2018, starts_on="2018-07-01")
    edition = factories.EditionPageFactory(parent=campaign, year=2019, starts_on="2019-07-01")
    factories.EditionPageFactory(parent=campaign, year=2020, starts_on="2020-07-01")

    call_command("make_scale", stories=4 * FILLING * len(KINDS) * 2, verbosity=0)

    period = Period(datetime.date(2019, 7, 1), datetime.date(2020, 7, 1))
    for kind in KINDS:
        rows = listed(kind.name, [campaign.translation_key], edition.locale.language_code, None, period)
        assert rows.count() >= FILLING


def test_search__finds_a_story(client, scale):
    assert "/en/news/scale-7/" in client.get("/en/search/", {"q": "teachers 7"}).text
    assert NewsPage.objects.filter(slug="scale-7", locale=scale.locales["en"]).search("teachers")


def test_second_run__adds_others(scale):
    call_command("make_scale", stories=5, verbosity=0)

    assert NewsPage.objects.count() == STORIES + 5
    assert not any(Page.find_problems())


def test_site_without_demo__is_refused(targets, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        call_command("make_scale", stories=1)
    assert not NewsPage.objects.exists()


def test_site_without_content__is_refused(site):
    with pytest.raises(CommandError, match="campaigns"):
        call_command("make_scale", stories=1)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL renews its statistics by itself")
def test_publish_scheduled__renews_the_statistics_once_a_day(site):
    def renewed() -> int:
        with CaptureQueriesContext(connection) as captured:
            call_command("publish_scheduled")
        return sum(query["sql"] == "ANALYZE" for query in captured)

    assert [renewed(), renewed()] == [1, 0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts empty tables by itself")
def test_statistics__know_empty_tables(site):
    analyse()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'wagtailcore_pageviewrestriction'")
        assert cursor.fetchall() == [("1",)]
