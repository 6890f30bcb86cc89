"""The API as a program asks it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from core.consent.withdrawals import withdraw
from tests import factories
from tests.many import insert_pieces, insert_stories
from tests.scenes import scene

ROOT = "/api/v2/"
RECORDS = ("campaigns", "editions", "news", "quotes", "takeaways", "key-figures", "commitments")
FILES = ("pages", "images", "documents")


def ask(client, address: str, status: int = 200) -> dict[str, Any]:
    response = client.get(f"{ROOT}{address}")
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/json"
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    return response.json()


def items(client, address: str) -> list[dict[str, Any]]:
    return ask(client, address)["items"]


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index, slug="wdatip", title="Against trafficking")


@scene
def russian(site, campaign):
    return factories.CampaignPageFactory(
        parent=site.campaign_indexes["ru"], title="Против торговли", translation_key=campaign.translation_key
    )


@scene
def story(site, campaign):
    return factories.NewsPageFactory(
        parent=site.news_index,
        title="Camp",
        slug="camp",
        campaigns=[campaign],
        body=[("rich_text", "<p>Whole</p>")],
    )


@scene
def speaker(site):
    return factories.PersonFactory(name="Zarina", honorific="Ms.")


@scene
def quote(story, speaker):
    return factories.QuoteFactory(text="Ask first.", source=story, speaker=speaker, consent_reference="SECRET-1")


def test_quote__has_its_ties_as_a_reader_of_the_language_sees_them(client, quote, russian, story, speaker):
    (found,) = items(client, "quotes/?locale=ru")
    assert found["id"] == str(quote.translation_key)
    assert found["meta"]["locale"] == "en"
    assert found["text"] == "Ask first."
    assert found["speaker"] == {"id": str(speaker.translation_key), "locale": "en", "name": "Ms. Zarina"}
    assert found["story"]["html_url"] == "http://testserver/en/news/camp/"
    assert [(each["title"], each["locale"]) for each in found["campaigns"]] == [("Против торговли", "ru")]
    detail = found["meta"]["detail_url"].removeprefix(f"http://testserver{ROOT}")
    assert ask(client, f"{detail}?locale=ru") == found


def test_quote__comes_in_the_readers_language_first_then_in_the_next(client, quote):
    factories.QuoteFactory(text="Сначала спроси.", locale="ru", translation_key=quote.translation_key)
    assert [items(client, f"quotes/?locale={code}")[0]["text"] for code in ("en", "ru", "tg")] == [
        "Ask first.",
        "Сначала спроси.",
        "Сначала спроси.",
    ]


def test_quotes__are_filtered_by_campaign_language_and_speaker(client, quote, speaker):
    factories.QuoteFactory(text="Elsewhere")
    factories.QuoteFactory(text="По-русски", locale="ru")

    def texts(query: str) -> list[str]:
        return [each["text"] for each in items(client, f"quotes/?{query}")]

    assert texts("campaign=wdatip") == ["Ask first."]
    assert texts("campaign=none") == []
    assert texts("language=ru") == ["По-русски"]
    assert texts(f"speaker={speaker.translation_key}") == ["Ask first."]
    assert len(texts("")) == 3


def test_quotes__are_paged(client, site):
    for _n in range(5):
        factories.QuoteFactory()
    first = ask(client, "quotes/?limit=2")
    assert first["meta"]["total_count"] == 5
    pages = [[each["id"] for each in items(client, f"quotes/?limit=2&offset={at}")] for at in (0, 2, 4, 6)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert len({each for page in pages for each in page}) == 5


def test_records__tell_what_readers_see(client, story, campaign):
    factories.EditionPageFactory(parent=campaign, year=2024, global_theme="No child")
    factories.TakeawayFactory(statement="Keep your passport.", campaigns=[campaign])
    factories.KeyFigureFactory(value="1 in 3", campaigns=[campaign])
    (found,) = items(client, "campaigns/")
    assert (found["title"], found["editions"][0]["theme"]) == ("Against trafficking", "No child")
    (edition,) = items(client, "editions/?campaign=wdatip&year=2024")
    assert edition["campaign"]["title"] == "Against trafficking"
    assert items(client, "takeaways/?campaign=wdatip")[0]["statement"] == "Keep your passport."
    assert items(client, "key-figures/?campaign=wdatip")[0]["value"] == "1 in 3"
    (news,) = items(client, "news/?campaign=wdatip&year=2024")
    assert news["title"] == "Camp"
    assert "<p>Whole</p>" in ask(client, f"news/{news['id']}/")["html"]


def test_pages__have_language_and_address(client, site, story, russian):
    titles = {each["title"] for each in items(client, "pages/?locale=ru")}
    assert "Против торговли" in titles
    assert "Camp" not in titles
    (found,) = items(client, "pages/?type=campaigns.NewsPage")
    assert found["meta"]["html_url"].endswith("/en/news/camp/")
    assert ask(client, f"pages/{story.pk}/")["title"] == "Camp"


def test_api__shows_nothing_that_is_not_public(client, site, campaign, story, quote):
    private = factories.NewsPageFactory(parent=site.news_index, title="HIDDEN private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    factories.NewsPageFactory(
        parent=site.news_indexes["ru"], title="HIDDEN private too", translation_key=private.translation_key
    )
    draft = factories.NewsPageFactory(parent=site.news_index, title="HIDDEN draft", live=False)
    factories.NewsPageFactory(parent=site.news_index, title="HIDDEN offline").unpublish()
    waiting = factories.QuoteFactory(text="HIDDEN waiting", source=draft)
    withdrawn = factories.QuoteFactory(text="HIDDEN withdrawn", campaigns=[campaign])
    withdraw(withdrawn, None, "Asked for")
    factories.TakeawayFactory(statement="HIDDEN takeaway", source=private)
    factories.KeyFigureFactory(value="HIDDEN figure", live=False)
    factories.SiteImageFactory(title="HIDDEN image", shows="adults")
    root = factories.SiteImageFactory().collection
    closed = root.add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    below = closed.add_child(name="Below")
    factories.SiteImageFactory(title="HIDDEN in closed", collection=closed)
    hidden = factories.DocumentFactory(title="HIDDEN below closed", collection=below)
    client.force_login(factories.UserFactory(is_superuser=True))
    for name in (*RECORDS, *FILES):
        for code in ("en", "ru"):
            text = json.dumps(
                ask(client, f"{name}/?locale={code}&limit=100" if name != "documents" else "documents/")
            )
            assert "HIDDEN" not in text, name
            assert "SECRET" not in text, name
    assert "who_speaks" not in json.dumps(items(client, "quotes/"))
    for address in (
        f"pages/{private.pk}/",
        f"documents/{hidden.pk}/",
        f"news/{private.translation_key}/",
        f"quotes/{waiting.translation_key}/",
        f"quotes/{withdrawn.translation_key}/",
    ):
        ask(client, address, 404)
    fields = "first_published_at,owner"
    ask(client, f"pages/?fields={fields}", 400)
    ask(client, "images/?fields=consent_reference", 400)
    ask(client, "images/?consent_reference=SECRET-1", 400)


GARBAGE = [
    "offset=-1", "offset=x", "offset=99999999999999999999", "limit=x", "limit=1000", "limit=٣", "locale=xx",
    "locale=en&locale=ru", "locale=%00", "unknown=1", "order=title%00", "fields=((((", "fields=a,,b",
    "search_operator=x", "limit=", "campaign=%00", "locale=" + "e" * 5000, "fields=" + "id(" * 3000, "%00=1",
    "fields=%ff",
]  # fmt: skip


@pytest.mark.parametrize("query", GARBAGE)
def test_garbage__is_answered_with_400(client, site, query):
    for name in ("news", "quotes", "pages", "images", "documents"):
        ask(client, f"{name}/?{query}", 400)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("nothing/", 404),
        ("pages/999999999999999999999999/", 404),
        ("pages/x/", 404),
        ("pages/find/?id=x", 400),
        ("pages/find/", 404),
        ("images/find/?id=1", 404),
        ("quotes/x/", 404),
        ("quotes/01234567-89ab-cdef-0123-456789abcdef/", 404),
        ("nothing/01234567-89ab-cdef-0123-456789abcdef/", 404),
        ("quotes/?speaker=x", 400),
        ("quotes/?language=xx", 400),
        ("pages/?type=core.SiteImage", 400),
        ("pages/?type=%D1%8B", 400),
        ("pages/?order=random", 400),
        ("pages/?slug=%00", 400),
        ("pages/?id=99999999999999999999999", 200),
        ("pages/?show_in_menus=perhaps", 400),
        ("images/?alt_texts=x", 400),
        ("images/?width=x", 400),
        ("editions/?year=x", 400),
        ("news/?year=abc", 400),
        ("news/?year=99999", 400),
        ("news/?year=0000", 400),
        ("news/?year=٢٠٢٤", 400),
        ("news/?campaign=a%20b", 400),
        ("news/?topic=", 400),
        ("editions/?campaign=%3Cb%3E", 400),
        ("quotes/?campaign=none", 200),
        ("%00/", 404),
    ],
)
def test_whatever_is_asked__is_answered_in_json(client, site, address, status):
    ask(client, address, status)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "address", ["", "quotes/", "pages/", "nothing/", "quotes/01234567-89ab-cdef-0123-456789abcdef/"]
)
def test_api__only_reads(client, site, address, method):
    response = getattr(client, method)(f"{ROOT}{address}")
    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("address", ["", "quotes/", "pages/"])
def test_api__takes_head_and_options(client, site, address):
    assert client.head(f"{ROOT}{address}").status_code == 200
    assert client.options(f"{ROOT}{address}").status_code == 200


@pytest.mark.parametrize("name", ["quotes/", "pages/", ""])
def test_answer__can_be_kept_and_asked_for_again(client, quote, name):
    first = client.get(f"{ROOT}{name}")
    assert "public" in first.headers["Cache-Control"]
    again = client.get(f"{ROOT}{name}", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_asking_too_often__is_answered_with_429(client, site):
    with override_settings(API_RATE="3/min"):
        assert [client.get(f"{ROOT}quotes/").status_code for _n in range(3)] == [200] * 3
        response = client.get(f"{ROOT}pages/")
        assert response.status_code == 429
        assert 0 < int(response.headers["Retry-After"]) <= 60
        assert response.headers["Cache-Control"] == "no-store"
        assert client.get(f"{ROOT}pages/", REMOTE_ADDR="192.0.2.1").status_code == 200
    with override_settings(API_RATE=""):
        assert client.get(f"{ROOT}pages/").status_code == 200


def test_guide__names_what_can_be_asked(client, site):
    overview = ask(client, "?locale=ru")
    assert overview["documentation"] == "http://testserver/ru/api/"
    assert set(overview["endpoints"]) == {*RECORDS, *FILES}
    guide = client.get("/ru/api/")
    assert guide.status_code == 200
    assert not guide.cookies
    for address in overview["endpoints"].values():
        assert address in guide.text
        assert client.get(address).status_code == 200
    assert reverse("api_guide") == "/en/api/"


def test_lists__queries_do_not_grow(client, site, campaign, story, speaker):
    place, topic = factories.PlaceFactory(), factories.TopicFactory()

    def count(address: str) -> int:
        client.get(f"{ROOT}{address}")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{ROOT}{address}").status_code == 200
        return len(captured)

    def fill(number: int) -> dict[str, int]:
        insert_stories(site.news_index, number, {"topic": topic, "place": place, "campaign": campaign})
        insert_pieces(factories.QuoteFactory, number, source=story, speaker=speaker)
        insert_pieces(factories.TakeawayFactory, number, campaign)
        insert_pieces(factories.KeyFigureFactory, number, campaign)
        return {name: count(f"{name}/?limit=100") for name in (*RECORDS, "pages", "images")}

    few = fill(10)
    assert fill(290) == few
    assert max(few.values()) <= 14
