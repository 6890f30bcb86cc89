"""The feeds, read as a feed reader reads them."""

import datetime
import io

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from campaigns.models import NewsPage
from core.consent.withdrawals import withdraw
from tests import factories
from tests.many import insert_stories
from tests.reading_feeds import NEWS, read, titles
from tests.scenes import scene
from tests.stamping import LONG_AGO, settle, stand_for_long


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index, slug="wdatip", title="Against trafficking")


@scene
def story(site, campaign):
    body = [("rich_text", '<p>They met <a href="/en/campaigns/">there</a> & talked.</p>')]
    return factories.NewsPageFactory(
        parent=site.news_index,
        title="Camp & <fire>",
        slug="camp",
        campaigns=[campaign],
        topics=[factories.TopicFactory(name="Youth", slug="youth")],
        body=body,
    )


def test_feed__has_the_whole_text_with_whole_addresses(client, story):
    factories.QuoteFactory(text="Ask first.", source=story)
    long_ago = timezone.now() - datetime.timedelta(days=1)
    other = factories.NewsPageFactory(parent=story.get_parent(), title="Other", first_published_at=long_ago)
    factories.QuoteFactory(text="Not mine.", source=other)

    entry = read(client).entries[0]

    assert (entry.title, entry.link) == ("Camp & <fire>", "http://testserver/en/news/camp/")
    html = BeautifulSoup(entry.content[0].value, "html.parser")
    assert "They met there & talked." in html.get_text()
    assert html.a["href"] == "http://testserver/en/campaigns/"
    assert "Ask first." in html.get_text()
    assert "Not mine." not in html.get_text()
    assert not html.find_all(["script", "style"])
    assert entry.summary == "What happened, in a sentence."


def test_feed__picks_stand_only_in_the_story_that_picked_them(client, site, story):
    picked = factories.QuoteFactory(text="Picked.")
    voices = [("voices", {"heading": "", "limit": 3, "only_picked": True, "picks": [picked]})]
    factories.NewsPageFactory(parent=site.news_index, title="Second", body=voices, date=datetime.date(2025, 1, 1))
    second, first = (entry.content[0].value for entry in read(client).entries)
    assert "Picked." in second
    assert "Picked." not in first


def test_entry__keeps_its_id_when_its_address_and_title_change(client, story):
    before = read(client).entries[0]
    story.slug, story.title = "fire", "Fire"
    story.save()
    after = read(client).entries[0]
    assert after.link != before.link
    assert after.id == before.id
    assert after.id.startswith("urn:uuid:")


def test_entry__of_a_translation_has_an_id_of_its_own(client, site, story):
    factories.NewsPageFactory(
        parent=site.news_indexes["ru"], title="Лагерь", translation_key=story.translation_key
    )
    russian, english = read(client, "/ru/feeds/news.atom"), read(client)
    assert [entry.title for entry in russian.entries] == ["Лагерь"]
    assert russian.entries[0].id != english.entries[0].id
    assert russian.feed.id != english.feed.id
    assert russian.feed.language == "ru"


def test_entry__is_updated_when_it_or_a_quote_of_it_is_published(client, story, settings, tmp_path):
    story.save_revision().publish()
    NewsPage.objects.update(last_published_at=LONG_AGO, first_published_at=LONG_AGO)
    stand_for_long(settings, tmp_path)
    first = read(client).entries[0].updated_parsed
    factories.QuoteFactory(source=story)
    settle()
    second = read(client).entries[0].updated_parsed
    assert second > first


@pytest.mark.parametrize("address", ["/en/feeds/campaigns/wdatip.atom", "/en/feeds/topics/youth.atom"])
def test_feed_of_campaign_and_topic__holds_theirs_alone(client, site, story, address):
    factories.NewsPageFactory(parent=site.news_index, title="Elsewhere")
    assert titles(client, address) == ["Camp & <fire>"]
    assert len(titles(client)) == 2


@pytest.mark.parametrize("name", ["campaigns/none", "topics/none", "campaigns/%00", "topics/x%0Ay"])
def test_feed__of_what_is_not_there_is_404(client, site, name):
    assert client.get(f"/en/feeds/{name}.atom").status_code == 404


def test_feed__is_answered_with_304_until_something_changes(client, story, settings, tmp_path):
    stand_for_long(settings, tmp_path)
    first = client.get(NEWS)
    etag, day = first.headers["ETag"], first.headers["Last-Modified"]
    assert client.get(NEWS, headers={"if-none-match": etag}).status_code == 304
    assert client.get(NEWS, headers={"if-modified-since": day}).status_code == 304
    story.title = "Another"
    story.save()
    assert client.get(NEWS, headers={"if-none-match": etag}).status_code == 200


def test_feed__without_entries_stays_the_same(client, site):
    assert client.get(NEWS).content == client.get(NEWS).content
    assert titles(client) == []


def test_feed__shows_nothing_that_is_not_public(client, site, campaign, story):
    factories.NewsPageFactory(parent=site.news_index, title="Draft", live=False)
    private = factories.NewsPageFactory(parent=site.news_index, title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    offline = factories.NewsPageFactory(parent=site.news_index, title="Offline")
    offline.unpublish()
    withdrawn = factories.QuoteFactory(text="Withdrawn.", source=story)
    withdraw(withdrawn, None, "Asked for")
    factories.QuoteFactory(text="Drafted.", source=story, live=False)
    content = client.get(NEWS).text
    assert titles(client) == ["Camp & <fire>"]
    assert "Withdrawn." not in content
    assert "Drafted." not in content
    PageViewRestriction.objects.create(page=campaign, restriction_type="login")
    assert client.get("/en/feeds/campaigns/wdatip.atom").status_code == 404


def test_feed__with_control_characters_can_be_read(client, site):
    factories.NewsPageFactory(
        parent=site.news_index, title="A\x0bB", summary="C\x01D", body=[("rich_text", "<p>E\x0cF</p>")]
    )
    assert titles(client) == ["AB"]


def test_feed__drops_what_programs_would_run(client, site):
    text = '<p onclick="x()">Kept <a href="javascript:alert(1)">link</a><script>alert(1)</script></p>'
    factories.NewsPageFactory(parent=site.news_index, body=[("rich_text", text)])
    content = read(client).entries[0].content[0].value
    raw = client.get(NEWS).text
    assert "Kept" in content
    assert "onclick" not in raw
    assert "javascript:" not in raw
    assert "&lt;script" not in raw


def test_pages__announce_their_feeds(client, story, campaign):
    def announced(address: str) -> list[str]:
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        return [str(link["href"]) for link in soup.find_all("link", type="application/atom+xml")]

    assert announced("/en/") == [NEWS]
    assert announced(campaign.get_url()) == ["/en/feeds/campaigns/wdatip.atom", NEWS]
    assert announced("/en/news/?topic=youth") == ["/en/feeds/topics/youth.atom", NEWS]
    assert all(client.get(address).status_code == 200 for address in announced(campaign.get_url()))


def test_feed__queries_do_not_grow(client, site, campaign):
    image = factories.SiteImageFactory()
    page = factories.ContentPageFactory(parent=factories.SectionPageFactory(parent=site.home))
    place = factories.PlaceFactory()

    body = [
        ("rich_text", f'<p><a linktype="page" id="{page.pk}">there</a></p>'),
        ("image", {"image": image, "caption": ""}),
    ]

    def fill(count: int) -> int:
        ties = {"campaign": campaign, "place": place}
        for story in insert_stories(site.news_index, count, ties, body=body, lead_image=image)[-20:]:
            factories.QuoteFactory(source=story)
        client.get(NEWS)
        with CaptureQueriesContext(connection) as captured:
            assert len(read(client).entries) == min(20, count)
        return len(captured)

    few = fill(10)
    assert fill(290) == few
    assert few <= 30


@pytest.mark.parametrize(
    "address", ["/en/feeds/news.atom", "/en/calendar.ics", "/api/v2/news/", "/api/v2/campaigns/"]
)
def test_what_is_followed__names_the_site_as_it_is_known(client, site, settings, address):
    settings.PUBLIC_BASE_URL = "https://www.example.org"
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, observance_day=30, observance_month=7)
    factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign])

    answer = client.get(address).content

    assert b"https://www.example.org/en/" in answer
    assert b"testserver" not in answer


@pytest.mark.parametrize(("code", "direction"), [("fa-af", "rtl"), ("en", "ltr")])
def test_entry__says_in_which_direction_it_is_read(client, site, code, direction):
    body = [("rich_text", "<p>text</p>")]
    factories.NewsPageFactory(parent=site.news_indexes[code], body=body)
    content = client.get(f"/{code}/feeds/news.atom").content
    entry = feedparser.parse(io.BytesIO(content), sanitize_html=False).entries[0]
    html = BeautifulSoup(entry.content[0].value, "html.parser")
    outermost = html.find(True)
    assert (outermost["lang"], outermost["dir"]) == (code, direction)
    assert len([each for each in html.children if str(each).strip()]) == 1
