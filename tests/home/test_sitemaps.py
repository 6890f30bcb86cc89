"""Sitemaps, and what robots may read."""

import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.sitemaps import pages
from tests import factories
from tests.scenes import scene
from tests.stamping import settle, stand_for_long

HOST = "http://testserver"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def read(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    assert not response.cookies
    return ElementTree.fromstring(response.content)


def locations(client, address: str) -> list[str]:
    return [(each.text or "").removeprefix(HOST) for each in read(client, address).iter(f"{S}loc")]


def entry(client, address: str, page) -> ElementTree.Element:
    entries = read(client, address).findall(f"{S}url")
    return next(each for each in entries if each.findtext(f"{S}loc") == f"{HOST}{page.get_url()}")


def everything(client) -> str:
    index = client.get("/sitemap.xml").text
    return index + "".join(client.get(address).text for address in locations(client, "/sitemap.xml"))


@scene
def story(site):
    return factories.NewsPageFactory(parent=site.news_index, title="Lanterns & <more>", slug="lanterns")


def in_russian(site, story, **kwargs):
    return factories.NewsPageFactory(
        parent=site.news_indexes["ru"], translation_key=story.translation_key, title="Фонари", **kwargs
    )


def test_index__names_the_parts_of_each_language_and_the_news(client, site, monkeypatch):
    monkeypatch.setattr(pages, "PART", 2)

    assert locations(client, "/sitemap.xml") == [
        *(f"/sitemap-{code}-{number}.xml" for code, _name in settings.LANGUAGES for number in (1, 2)),
        "/sitemap-news.xml",
    ]
    found = [address for number in (1, 2) for address in locations(client, f"/sitemap-en-{number}.xml")]
    assert found == ["/en/", "/en/news/", "/en/campaigns/"]


@pytest.mark.parametrize("part", ["en-2", "en-0", "xx-1", "en-99999999999999999999"])
def test_part__that_is_none_is_not_there(client, site, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_entry__names_each_language_itself_and_the_default_on_all_of_them(client, site, story):
    russian = in_russian(site, story)
    found = []
    for address, page in (("/sitemap-en-1.xml", story), ("/sitemap-ru-1.xml", russian)):
        links = entry(client, address, page).findall(f"{XHTML}link")
        found.append({each.get("hreflang"): each.get("href").removeprefix(HOST) for each in links})
        assert {each.get("rel") for each in links} == {"alternate"}

    assert found[0] == found[1] == {"en": story.get_url(), "ru": russian.get_url(), "x-default": story.get_url()}


def test_entry__names_the_lead_image_only_while_consent_holds(client, site, story):
    image = factories.SiteImageFactory(people=True)
    rendition = image.get_rendition(pages.IMAGE)
    story.lead_image = image
    story.save()
    assert entry(client, "/sitemap-en-1.xml", story).find(f".//{IMAGE}loc").text == f"{HOST}{rendition.url}"
    image.consent_withdrawn = timezone.localdate()
    image.save()
    assert entry(client, "/sitemap-en-1.xml", story).find(f".//{IMAGE}loc") is None


def test_entry__says_when_it_last_changed_and_a_list_when_what_stands_on_it_has(
    client, site, story, settings, tmp_path
):
    def changed(page) -> datetime.datetime | None:
        found = entry(client, "/sitemap-en-1.xml", page).findtext(f"{S}lastmod")
        return datetime.datetime.fromisoformat(found) if found is not None else None

    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    campaign.save_revision().publish()
    story.campaign_ties.add(story.campaign_ties.model(campaign=campaign))
    settle()
    stand_for_long(settings, tmp_path)
    before = changed(site.news_index)
    story.save_revision().publish()
    settle()
    story.refresh_from_db()
    published = story.last_published_at.replace(microsecond=0)

    last = changed(story)
    assert last == changed(site.news_index) == changed(site.home) == changed(campaign)
    assert before is None or before < published
    assert published <= last <= published + datetime.timedelta(seconds=5)
    assert f"<lastmod>{last.isoformat()}" in client.get("/sitemap.xml").text


@pytest.mark.parametrize(
    "state", ["draft", "private", "private in another language", "original offline", "home offline"]
)
def test_sitemaps__hold_nothing_that_is_not_public(client, site, story, state):
    story.date = timezone.localdate()
    story.save()
    russian = in_russian(site, story, date=story.date)
    assert everything(client).count(russian.get_url()) >= 2
    if state == "draft":
        russian.unpublish()
    elif state.startswith("private"):
        page = russian if state == "private" else story
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    elif state == "original offline":
        story.save_revision().publish()
        Page.objects.get(pk=story.pk).specific.unpublish()
    else:
        site.homes["ru"].unpublish()
    assert russian.get_url() not in everything(client)


def test_news__holds_the_stories_of_two_days_in_each_language(client, site):
    today = timezone.localdate()
    place, topic = factories.PlaceFactory(), factories.TopicFactory()

    def story(days: int, **kwargs):
        return factories.NewsPageFactory(
            parent=site.news_index,
            date=today - datetime.timedelta(days=days),
            places=[place],
            topics=[topic],
            **kwargs,
        )

    new, edge, old, ahead = story(0, title="New & <news>\x0b"), story(2), story(3), story(-1)
    russian = in_russian(site, new)
    of_old = in_russian(site, old, date=today)
    found = locations(client, "/sitemap-news.xml")

    assert found == [russian.get_url(), new.get_url(), edge.get_url()]
    assert not {page.get_url() for page in (old, ahead, of_old)} & set(found)
    said = entry(client, "/sitemap-news.xml", new).find(f"{NEWS}news")
    assert said.find(f"{NEWS}title").text == "New & <news>"
    assert said.find(f"{NEWS}publication_date").text == today.isoformat()
    assert [each.text for each in said.find(f"{NEWS}publication")] == ["Home en", "en"]


def test_sitemaps__cost_the_same_few_queries_however_many_pages(client, site):
    def asked() -> dict[str, int]:
        counts = {}
        for address in ("/sitemap.xml", "/sitemap-en-1.xml", "/sitemap-news.xml"):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts[address] = len(captured)
        return counts

    place, topic, image = factories.PlaceFactory(), factories.TopicFactory(), factories.SiteImageFactory()
    image.get_rendition(pages.IMAGE)

    def add(count: int) -> None:
        for _n in range(count):
            factories.NewsPageFactory(
                parent=site.news_index, places=[place], topics=[topic], lead_image=image, date=timezone.localdate()
            )

    add(2)
    few = asked()
    add(20)
    assert asked() == few
    assert max(few.values()) <= 16


def test_robots__are_sent_to_the_sitemap_and_kept_from_the_admin(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert response.text.splitlines() == ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {HOST}/sitemap.xml"]


def test_robots__are_kept_from_all_of_a_site_that_is_not_to_be_listed(client, settings):
    settings.INDEXED = False

    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("address", ["/favicon.ico", "/apple-touch-icon.png", "/apple-touch-icon-precomposed.png"])
def test_icons__are_found_by_what_asks_without_reading_a_page(client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/static/img/")
