"""What readers' programs are told of when something last changed also tells of what was taken away."""

import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from campaigns.models import Listing, NewsPage, Quote
from core.consent import withdrawals
from core.stamps.stamping import stamp_file
from tests import factories
from tests.scenes import scene
from tests.stamping import LONG_AGO, settle, stand_for_long

ATOM = "{http://www.w3.org/2005/Atom}"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "/en/feeds/news.atom"
FEEDS = (NEWS, "/en/feeds/campaigns/wdatip.atom", "/en/feeds/topics/youth.atom")
CALENDAR = "/en/calendar.ics"


@scene
def campaign(site):
    day = {"observance_day": 30, "observance_month": 7, "first_observed": 2014}
    return factories.CampaignPageFactory(
        parent=site.campaign_index, slug="wdatip", last_published_at=LONG_AGO, first_published_at=LONG_AGO, **day
    )


@scene
def edition(campaign):
    return factories.EditionPageFactory(
        parent=campaign, year=2024, starts_on=datetime.date(2024, 1, 1), last_published_at=LONG_AGO
    )


@pytest.fixture
def topic():
    return factories.TopicFactory(slug="youth")


@pytest.fixture
def stories(site, campaign, topic, edition):
    """Two that are alike, published long ago."""
    return [
        factories.NewsPageFactory(
            parent=site.news_index,
            title=title,
            slug=title,
            date=datetime.date(2024, 4, 1),
            campaigns=[campaign],
            topics=[topic],
            last_published_at=LONG_AGO,
            first_published_at=LONG_AGO,
        )
        for title in ("first", "second")
    ]


@pytest.fixture
def quote(stories):
    return factories.QuoteFactory(source=stories[0], last_published_at=LONG_AGO, first_published_at=LONG_AGO)


@pytest.fixture
def quiet(site, stories, quote, settings, tmp_path):
    """All of it has stood for long."""
    Page.objects.update(last_published_at=LONG_AGO, first_published_at=LONG_AGO)
    stand_for_long(settings, tmp_path)


def moved(client, address: str, before: str) -> bool:
    """Whether who has what stood there is told of the change by the date alone."""
    response = client.get(address, headers={"if-modified-since": before})
    if response.status_code == 304:
        return False
    after = parsedate_to_datetime(response.headers["Last-Modified"])
    return parsedate_to_datetime(before) < after <= timezone.now()


def dates(client, *addresses: str) -> dict[str, str]:
    return {address: client.get(address).headers["Last-Modified"] for address in addresses}


def updated(client, title: str) -> str | None:
    feed = ElementTree.fromstring(client.get(NEWS).content)
    return next(
        entry.findtext(f"{ATOM}updated")
        for entry in feed.iter(f"{ATOM}entry")
        if entry.findtext(f"{ATOM}title") == title
    )


def lastmods(client, code: str = "en") -> dict[str, str | None]:
    found = ElementTree.fromstring(client.get(f"/sitemap-{code}-1.xml").content)
    return {
        each.findtext(f"{S}loc", "").removeprefix("http://testserver"): each.findtext(f"{S}lastmod")
        for each in found.iter(f"{S}url")
    }


def changed_in_sitemap(client, before: dict[str, Any]) -> set[str]:
    after = lastmods(client)
    return {address for address, day in after.items() if day != before.get(address)}


def unpublish(page) -> None:
    Page.objects.get(pk=page.pk).specific.unpublish()


def expire(page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(hours=1))
    call_command("publish_scheduled")


def delete(page) -> None:
    Page.objects.get(pk=page.pk).delete()


def make_private(page) -> None:
    PageViewRestriction.objects.create(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)


def set_offline(page) -> None:
    row = NewsPage.objects.get(pk=page.pk)
    row.live = False
    row.save()


WAYS = [unpublish, expire, delete, make_private, set_offline]


@pytest.mark.parametrize("way", WAYS)
def test_story_taken_away__is_told_by_feeds_and_sitemaps(client, quiet, stories, edition, way):
    before, sitemap = dates(client, *FEEDS), lastmods(client)
    other = updated(client, "first")
    way(stories[1])
    settle()
    assert all(moved(client, address, day) for address, day in before.items())
    lists = {"/en/", "/en/news/", "/en/campaigns/", "/en/campaigns/wdatip/", "/en/campaigns/wdatip/2024/"}
    assert changed_in_sitemap(client, sitemap) - {"/en/campaigns/"} == lists - {"/en/campaigns/"}
    assert updated(client, "first") == other
    index = client.get("/sitemap.xml").text
    assert index.count(lastmods(client)["/en/news/"]) >= 2


def withdraw(quote) -> None:
    quote.consent_withdrawn = timezone.localdate()
    quote.save(update_fields=["consent_withdrawn"])


def withdraw_with_its_words(quote) -> None:
    withdrawals.withdraw(quote, None, "Asked for")


def take_off(quote) -> None:
    Quote.objects.get(pk=quote.pk).unpublish()


def remove(quote) -> None:
    quote.delete()


def tie_elsewhere(quote) -> None:
    quote.source = NewsPage.objects.get(slug="second")
    quote.save()


def consent_ends(quote) -> None:
    """Nobody saves anything."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Quote.objects.update(consent_until=yesterday)
    Listing.objects.filter(key=quote.translation_key).update(until=yesterday)
    call_command("publish_scheduled")


@pytest.mark.parametrize("way", [withdraw, withdraw_with_its_words, take_off, remove, consent_ends])
def test_quote_taken_away__is_told_by_its_story_and_where_it_stood(client, quiet, quote, way):
    before, sitemap, entry = dates(client, *FEEDS), lastmods(client), updated(client, "first")
    other = updated(client, "second")
    way(Quote.objects.get(pk=quote.pk))
    settle()
    assert all(moved(client, address, day) for address, day in before.items())
    assert updated(client, "first") > entry
    assert updated(client, "second") == other
    changed = changed_in_sitemap(client, sitemap)
    assert {"/en/news/first/", "/en/campaigns/wdatip/"} <= changed
    assert not {"/en/news/second/", "/en/news/"} & changed


def test_speaker_that_changes__is_told_by_the_story(client, quiet, quote, settings, tmp_path):
    person = factories.PersonFactory()
    Quote.objects.filter(pk=quote.pk).update(speaker=person)
    quote.refresh_from_db()
    quote.save()
    stand_for_long(settings, tmp_path)
    entry = updated(client, "first")
    person.refresh_from_db()
    person.name = "Another name"
    person.save()
    settle()
    assert updated(client, "first") > entry


def test_story_tied_elsewhere__is_told_by_where_it_stood(client, quiet, stories, topic):
    before = dates(client, *FEEDS)
    story = NewsPage.objects.get(pk=stories[1].pk)
    story.campaign_ties = []
    story.topic_ties = [NewsPage.topic_ties.rel.related_model(topic=factories.TopicFactory(slug="other"))]
    story.save()
    settle()
    assert all(moved(client, address, day) for address, day in before.items())
    assert not client.get(FEEDS[1]).text.count("<title>second")


@pytest.mark.parametrize("way", [unpublish, delete, make_private, expire])
def test_edition_taken_away__is_told_by_the_calendar(client, quiet, edition, way):
    before, sitemap = dates(client, CALENDAR), lastmods(client)
    way(edition)
    settle()
    assert moved(client, CALENDAR, before[CALENDAR])
    assert {"/en/", "/en/campaigns/", "/en/campaigns/wdatip/"} <= changed_in_sitemap(client, sitemap)
    assert "20240730" not in client.get(CALENDAR).text.partition("LAST-MODIFIED")[2]


@pytest.mark.parametrize("way", [unpublish, make_private])
def test_campaign_taken_away__is_told_by_the_calendar(client, quiet, campaign, way):
    before = dates(client, CALENDAR)
    way(campaign)
    settle()
    assert moved(client, CALENDAR, before[CALENDAR])


def test_draft__changes_nothing_for_readers(client, site, quiet, stories, quote):
    draft = factories.NewsPageFactory(parent=site.news_index, live=False)
    settle()
    before = stamp_file().last
    story = NewsPage.objects.get(pk=stories[0].pk)
    story.title = "Another"
    story.save_revision()
    quote.refresh_from_db()
    quote.text = "Other words"
    quote.save_revision()
    draft.title = "More"
    draft.save()
    draft.delete()
    settle()
    assert stamp_file().last == before


def test_translation__changes_nothing_for_readers_of_the_original(client, site, quiet, stories):
    sitemap, entry = lastmods(client), updated(client, "first")
    factories.NewsPageFactory(parent=site.news_indexes["ru"], translation_key=stories[0].translation_key)
    settle()
    assert updated(client, "first") == entry
    assert changed_in_sitemap(client, sitemap) <= {"/en/campaigns/wdatip/", "/en/campaigns/wdatip/2024/"}


def test_what_ends_today__is_left_out_everywhere_without_anybody_saving(client, quiet, campaign, stories, quote):
    picture = factories.SiteImageFactory(people=True)
    NewsPage.objects.filter(pk=stories[0].pk).update(lead_image=picture)
    key = quote.translation_key
    addresses = (NEWS, FEEDS[1], f"/api/v2/quotes/{key}/", "/api/v2/quotes/", stories[0].get_url(), "/en/")
    assert quote.text in client.get(NEWS).text
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Quote.objects.update(consent_until=yesterday)
    type(picture).objects.update(consent_until=yesterday)
    for address in addresses:
        assert quote.text not in client.get(address).text
        assert "/media/images/" not in client.get(address).text
    assert "/media/images/" not in client.get("/sitemap-en-1.xml").text
