"""The door of a page for which a password is needed."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from tests import factories
from tests.scenes import scene

PASSWORD = "a-word-of-ours"


@scene
def private(site):
    """In two languages; the restriction is on the original."""
    page = factories.SectionPageFactory(
        parent=site.home, slug="ours", title="Ours alone", introduction="A secret", seo_title="Ours in Google"
    )
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password=PASSWORD)
    return factories.SectionPageFactory(
        parent=site.homes["ru"], translation_key=page.translation_key, title="Только для нас"
    )


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True)


def door(response) -> tuple[BeautifulSoup, dict[str, str]]:
    soup: Any = BeautifulSoup(response.content, "html.parser")
    fields = {each["name"]: each.get("value", "") for each in soup.main.form.find_all("input")}
    return soup, fields


def test_door__is_ours_in_the_readers_language_and_tells_nothing(reader, private):
    response = reader.get(private.get_url())
    soup, _fields = door(response)
    assert response.status_code == 200
    assert soup.html["lang"] == "ru"
    assert len(soup.find_all("h1")) == 1
    assert soup.find("nav")
    assert soup.find("footer")
    assert soup.main.form.label.find("input", type="password")
    assert "no-store" in response["Cache-Control"]
    for secret in ("Только для нас", "Ours alone", "A secret", "Ours in Google"):
        assert secret not in response.text


def test_door__opens_with_the_password(reader, private):
    soup, fields = door(reader.get(private.get_url()))
    response = reader.post(soup.main.form["action"], {**fields, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, private.get_url())
    assert "Только для нас" in reader.get(private.get_url()).text


def test_door__stays_shut_to_a_wrong_password(reader, private):
    soup, fields = door(reader.get(private.get_url()))
    response = reader.post(soup.main.form["action"], {**fields, "password": "wrong"})
    soup, fields = door(response)
    assert soup.html["lang"] == "ru"
    assert soup.find(role="alert")["id"] == soup.main.form.find(type="password")["aria-describedby"]
    assert fields["return_url"] == private.get_url()
    assert 'href="/en/ours/"' in response.text
    assert "no-store" in response["Cache-Control"]
    again = reader.get(soup.main.form["action"])
    assert door(again)[1]["return_url"] == private.get_url()


def test_door__takes_no_form_from_elsewhere(reader, private):
    soup, fields = door(reader.get(private.get_url()))
    del fields["csrfmiddlewaretoken"]
    assert reader.post(soup.main.form["action"], {**fields, "password": PASSWORD}).status_code == 403


def test_door__sets_a_cookie_on_no_other_page(reader, site, private):
    assert set(reader.get(private.get_url()).cookies) == {"csrftoken"}
    for address in ("/ru/", site.news_index.get_url(), "/ru/nowhere/"):
        response = reader.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_door__of_a_file_is_ours(reader, site):
    document = factories.DocumentFactory()
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="password", password=PASSWORD
    )
    soup, fields = door(reader.get(document.url))
    assert soup.find("footer")
    response = reader.post(soup.main.form["action"], {**fields, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, document.url)
