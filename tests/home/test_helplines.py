"""One number for all pages: changed in one save, it stands everywhere at the next request."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import work
from core.helplines.copy import write_copy
from core.models import Helpline
from tests import factories
from tests.helplines import BLOCK, HelplineFactory
from tests.scenes import scene

CODES = ("en", "ru", "tg", "fa-af")
OLD, NEW = "000-11-11", "000-22-22"
TEXTS = {
    "en": {"name": "Listening line", "note": "Free of charge."},
    "ru": {"name": "Линия доверия", "note": "Бесплатно."},
    "tg": {"name": "Телефони боварӣ", "note": ""},
}


@scene
def helpline(site) -> Helpline:
    return HelplineFactory(number=OLD, texts=TEXTS)


def addresses(site) -> list[str]:
    """Of a page of each kind, of views and of pages that are not there, in each language."""
    found = []
    for code, home in site.homes.items():
        section = factories.SectionPageFactory(parent=home, title=f"Section {code}", body=[BLOCK])
        content = factories.ContentPageFactory(parent=section, title=f"Get help {code}", body=[BLOCK])
        campaign = factories.CampaignPageFactory(
            parent=site.campaign_indexes[code], slug=f"c-{code}", body=[BLOCK]
        )
        edition = factories.EditionPageFactory(parent=campaign, year=2024, body=[BLOCK])
        story = factories.NewsPageFactory(parent=site.news_indexes[code], slug=f"s-{code}", body=[BLOCK])
        pages = [home, site.news_indexes[code], section, content, campaign, edition, story]
        found += [page.get_url() for page in pages]
        found += [f"/{code}/search/?q=help", f"/{code}/nowhere/", f"/{code}/api/"]
    # Not in this language yet.
    return [*found, "/ru/section-en/"]


def test_number__is_changed_everywhere_by_one_save(client, site, helpline):
    asked = addresses(site)
    for address in asked:
        assert OLD in client.get(address).text, address

    helpline.number = NEW
    helpline.save()

    for address in asked:
        text = client.get(address).text
        assert NEW in text, address
        assert OLD not in text, address


def test_feed__has_the_number_of_now(client, site, helpline):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, slug="campaign")
    factories.NewsPageFactory(parent=site.news_index, body=[BLOCK], campaigns=[campaign])
    address = reverse("news_feed")
    assert OLD in client.get(address).text
    helpline.number = NEW
    helpline.save()

    assert NEW in client.get(address).text


@pytest.mark.parametrize(
    ("typed", "tel", "shown"),
    [("۱۳۱۳", "tel:1313", "1313"), ("+992 44 600 12 34", "tel:+992446001234", "+992 44 600 12 34")],
)
@pytest.mark.parametrize("code", CODES)
def test_link__dials_ascii_digits(client, site, helpline, typed, tel, shown, code):
    helpline.number = typed
    helpline.save()
    page = BeautifulSoup(client.get(f"/{code}/").text, "html.parser")
    link = page.select_one("footer a.number")

    assert link["href"] == tel
    assert link.find("bdi", dir="ltr").text == shown


@pytest.mark.parametrize(
    ("code", "name", "lang"),
    [("ru", "Линия доверия", None), ("tg", "Телефони боварӣ", None), ("fa-af", "Listening line", "en")],
)
def test_name__is_in_the_readers_language_or_says_which(client, site, helpline, code, name, lang):
    page = BeautifulSoup(client.get(f"/{code}/").text, "html.parser")
    shown = page.select_one(".footer-helpline p")

    assert shown.text == name
    assert shown.get("lang") == lang


def test_block__shows_the_chosen_helpline_and_what_replaces_it(client, site, helpline):
    other = HelplineFactory(number="000-33-33")
    page = factories.SectionPageFactory(parent=site.home, body=[("helpline", {"helpline": other})])

    def shown() -> str:
        number = BeautifulSoup(client.get(page.get_url()).text, "html.parser").select_one("main .number")
        assert number is not None
        return number.text

    assert shown() == "000-33-33"
    other.replaced_by = helpline
    other.save()
    assert shown() == OLD


def test_page__asks_once_for_all_its_helplines(client, site, helpline):
    other = HelplineFactory()
    few = factories.SectionPageFactory(parent=site.home, body=[])
    many = factories.SectionPageFactory(parent=site.home, body=[BLOCK, ("helpline", {"helpline": other}), BLOCK])

    def queries(page) -> list[str]:
        client.get(page.get_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page.get_url()).status_code == 200
        return [query["sql"] for query in captured if "core_helpline" in query["sql"]]

    # A chosen one is read with the page's body as well.
    assert len(queries(few)) == 1
    assert len(queries(many)) <= 2


def test_structured_data__has_the_number_and_the_hours(client, site, helpline):
    page = BeautifulSoup(client.get("/en/").text, "html.parser")
    nodes = json.loads(page.select_one('script[type="application/ld+json"]').text)
    [organisation] = [node for node in nodes if node["@type"] == "Organization"]
    contact = organisation["contactPoint"]

    assert (contact["telephone"], contact["name"]) == ("0001111", "Listening line")
    assert len(contact["hoursAvailable"]) == 7
    assert contact["availableLanguage"] == ["tg", "ru"]


def test_site__without_a_helpline_shows_none(client, site):
    page = factories.SectionPageFactory(parent=site.home, body=[BLOCK])
    for address in ("/en/", "/en/nowhere/", page.get_url()):
        assert "tel:" not in client.get(address).text


def break_home(monkeypatch) -> None:
    def broken(*args, **kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr("home.models.HomePage.get_context", broken)


@pytest.mark.parametrize(
    ("code", "name"), [("en", "Listening line"), ("ru", "Линия доверия"), ("fa-af", "Listening")]
)
def test_server_error__has_the_helpline_of_the_copy(client, site, helpline, monkeypatch, code, name):
    write_copy()
    break_home(monkeypatch)
    client.raise_request_exception = False
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/{code}/")

    assert response.status_code == 500
    assert 'href="tel:0001111"' in response.text
    assert name in response.text
    assert f'lang="{code}"' in response.text
    assert not [query for query in captured if "core_helpline" in query["sql"]]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"number": "x"}', "\x00", "{}"])
def test_server_error__is_drawn_whatever_the_copy_holds(client, site, monkeypatch, content):
    Path(settings.HELPLINE_COPY).write_text(content)
    break_home(monkeypatch)
    client.raise_request_exception = False

    response = client.get("/en/")

    assert response.status_code == 500
    assert "Something went wrong" in response.text


def copied() -> str:
    return json.loads(Path(settings.HELPLINE_COPY).read_text())["number"]


def test_copy__is_written_after_each_save_and_repeated_after_a_kill(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        helpline = HelplineFactory(number=NEW)
    assert copied() == NEW
    # Killed after the commit: nothing was done, and the minute job does it.
    with django_capture_on_commit_callbacks(execute=False):
        helpline.number = OLD
        helpline.save()
    assert copied() == NEW
    work.perform_due()
    assert copied() == OLD


def test_copy__that_is_missing_or_outdated_is_mended(site, helpline):
    assert write_copy()
    assert not write_copy()
    Path(settings.HELPLINE_COPY).unlink()
    assert write_copy()
    Helpline.objects.update(number=NEW)
    assert write_copy()
    assert copied() == NEW
    assert [path.name for path in Path(settings.HELPLINE_COPY).parent.glob(".helpline*")] == []
