"""Numbers, hours and addresses keep their order on Dari pages and in feeds, and `tel:` links can be dialled."""

import io
import json
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core.languages.bidi import FIRST_ISOLATE, POP_ISOLATE
from tests import factories

RUNS = [
    "44-600-12-34",
    "+992 44 600 12 34",
    "8:00-20:00",
    "۸:۰۰-۲۰:۰۰",
    "info@example.org",
    "https://example.org/1-2/",
]


def text(html: str) -> dict[str, Any]:
    return {"type": "rich_text", "value": html}


def answer(html: str) -> dict[str, Any]:
    return {"type": "questions", "value": {"heading": "", "questions": [{"question": "چه وقت؟", "answer": html}]}}


@pytest.fixture
def story(site):
    def make(words: str, *blocks: dict, code: str = "fa-af"):
        return factories.NewsPageFactory(
            parent=site.news_indexes[code], title=words, summary=words, slug="numbers", body=json.dumps(blocks)
        )

    return make


@pytest.mark.parametrize("run", RUNS)
def test_number__is_isolated_wherever_the_page_shows_it(client, story, run):
    words = f"شماره {run} است"
    page = story(words, text(f"<p>{words}</p>"), answer(f"<p>{words}</p>"))
    factories.QuoteFactory(text=words, source=page, locale=page.locale)

    html = BeautifulSoup(client.get(page.get_url()).content, "html.parser")

    isolated = [tag.parent.name for tag in html.find_all("bdi", dir="ltr", string=run)]
    assert {"h1", "p"} <= set(isolated)
    assert isolated.count("p") >= 4
    for shown in html.find_all(string=lambda found: run in found):
        assert shown.find_parent(["bdi", "title", "script"]), shown
    assert f"{FIRST_ISOLATE}{run}{POP_ISOLATE}" in html.title.get_text()
    assert f"{FIRST_ISOLATE}{run}{POP_ISOLATE}" in html.find("meta", {"name": "description"})["content"]


@pytest.mark.parametrize("code", ["en", "ru", "tg"])
def test_number__on_a_page_from_left_to_right_is_plain(client, story, code):
    page = story("Call 44-600-12-34", text("<p>8:00-20:00</p>"), code=code)

    html = client.get(page.get_url()).text

    assert "<h1>Call 44-600-12-34</h1>" in html
    assert "<p>8:00-20:00</p>" in html


def test_number__in_a_dari_quote_on_an_english_page_is_isolated(client, site, story):
    page = story("Voices", code="en")
    factories.QuoteFactory(text="ساعت 8:00-20:00", source=page, locale=site.locales["fa-af"])

    assert 'ساعت <bdi dir="ltr">8:00-20:00</bdi>' in client.get(page.get_url()).text


@pytest.mark.parametrize("run", RUNS)
def test_number__is_isolated_in_feeds(client, story, run):
    words = f"شماره {run} است"
    story(words, text(f"<p>{words}</p>"))

    entry = feedparser.parse(io.BytesIO(client.get("/fa-af/feeds/news.atom").content)).entries[0]

    assert entry.title == entry.summary == f"شماره {FIRST_ISOLATE}{run}{POP_ISOLATE} است"
    assert f"<p>{entry.title}</p>" in entry.content[0].value


def links(client, page) -> list[tuple[str, str]]:
    html = BeautifulSoup(client.get(page.get_url()).content, "html.parser")
    return [(str(link["href"]), link.get_text()) for link in html.select(".prose a[href^='tel:' i]")]


@pytest.mark.parametrize(
    ("typed", "words", "expected"),
    [
        ("۱۳۱۳", "۱۳۱۳", [("tel:1313", "۱۳۱۳")]),
        ("1313 (free)", "call us", [("tel:1313", "call us")]),
        ("+992 (44) 600 12 34", "<b>Call</b>", [("tel:+992446001234", "Call")]),
        ("+992%2044%20600-12-34", "Call", [("tel:+992446001234", "Call")]),
        ("+992 44 600 12 34 ext. 512", "Call", [("tel:+992446001234", "Call")]),
        ("44 600-12-34, доб. 123", "Call", [("tel:446001234", "Call")]),
        ("112", "112", [("tel:112", "112")]),
        ("+992(0)446001234", "Call", [("tel:+992446001234", "Call")]),
        ("+992 (0) 44 600-12-34", "Call", [("tel:+992446001234", "Call")]),
        ("1313, 8:00-20:00", "Call", [("tel:1313", "Call")]),
        ("1313 (8:00 – 20:00, from 01.03.2025)", "Call", [("tel:1313", "Call")]),
        (
            "44-600-12-34, 44-600-12-35",
            "44-600-12-34, 44-600-12-35",
            [("tel:446001234", "44-600-12-34"), ("tel:446001235", "44-600-12-35")],
        ),
        ("1313/1414", "1313 (free) or ۱۴۱۴", [("tel:1313", "1313"), ("tel:1414", "۱۴۱۴")]),
        ("1313, 1414", "call us", [("tel:1313", "1313"), ("tel:1414", "1414")]),
        ("1313, 1414", "<b>us</b>", [("tel:1313", "1313"), ("tel:1414", "1414")]),
        ("1313 1414", "1313 1414", [("tel:1313", "1313"), ("tel:1414", "1414")]),
        ("1313 (24/7)", "1313 (24/7)", [("tel:1313", "1313 (24/7)")]),
        ("1313(24/7)", "Call", [("tel:1313", "Call")]),
        ("ask", "ask", []),
    ],
)
def test_tel_link__has_ascii_digits_and_a_leading_plus(client, story, typed, words, expected):
    html = f'<p>Call: <a href="tel:{typed}">{words}</a></p>'
    page = story("Calls", text(html), answer(html), code="en")

    assert links(client, page) == expected * 2


def test_tel_link__of_hostile_words_stays_text(client, story):
    page = story("Calls", text('<p><a href="tel:1313,1414">1313 &lt;script&gt; 1414</a></p>'), code="en")

    assert "<script> 1414" not in client.get(page.get_url()).text
    assert links(client, page) == [("tel:1313", "1313"), ("tel:1414", "1414")]


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("1313", "tel:1313"),
        ("۱۳۱۳", "tel:1313"),
        ("1313 (24/7)", "tel:1313"),
        ("1313 1414", "tel:1313,1414"),
        ("+992 (44) 600-12-34 or 1414", "tel:+992446001234,1414"),
    ],
)
def test_dialogue__stores_what_a_telephone_dials(client, site, typed, href):
    client.force_login(factories.UserFactory(is_superuser=True))
    url = reverse("wagtailadmin_choose_page_phone_link")

    answer = client.post(url, {"phone-link-chooser-phone_number": typed, "phone-link-chooser-link_text": "Call"})

    assert answer.json()["result"]["url"] == href


def test_dialogue__refuses_what_has_no_number(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))
    url = reverse("wagtailadmin_choose_page_phone_link")

    answer = client.post(url, {"phone-link-chooser-phone_number": "ask us"})

    assert answer.json()["step"] == "phone_link"
    assert "Enter a telephone number" in answer.json()["html"]
