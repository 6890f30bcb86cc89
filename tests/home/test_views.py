"""The door of the site, and what is said where nothing is."""

import json

import pytest
from wagtail.models import PageViewRestriction

from home.views import preferred_language
from tests import factories


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("tg", "tg"),
        ("de-DE,de;q=0.9", "en"),
        ("de,tg;q=0.4", "tg"),
        ("", "en"),
        ("*", "en"),
        ("x" * 5000, "en"),
    ],
)
def test_front_door__speaks_the_browsers_language(accepted, code):
    assert preferred_language(accepted) == code


def test_front_door__asks_no_database_and_sets_no_cookie(client):
    response = client.get("/", headers={"accept-language": "ru"})
    assert (response.status_code, response["Location"]) == (302, "/ru/")
    assert response["Vary"] == "Accept-Language"
    assert not response.cookies
    assert client.get("/?utm=1&a=%20")["Location"] == "/en/?utm=1&a=%20"


def test_not_found__says_where_the_page_can_be_read(client, site):
    story = factories.NewsPageFactory(parent=site.news_index, title="Only in English")
    response = client.get(f"/tg/news/{story.slug}/")
    assert response.status_code == 404
    assert 'lang="tg"' in response.text
    assert story.get_url() in response.text
    assert "Only in English" in response.text


@pytest.mark.parametrize("state", ["draft", "private"])
def test_not_found__keeps_quiet_about_what_is_not_public(client, site, state):
    story = factories.NewsPageFactory(parent=site.news_index, title="Not for everybody", live=state != "draft")
    if state == "private":
        PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(f"/ru/news/{story.slug}/")
    assert response.status_code == 404
    assert "Not for everybody" not in response.text


@pytest.mark.parametrize(
    "path", ["/en/nowhere/", "/ru/nowhere/", "/nowhere/", "/en/%00/", "/tg/" + "x" * 3000 + "/"]
)
def test_not_found__any_address_gets_a_page(client, site, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "<h1" in response.text


def test_home__of_another_language_does_not_stand_in(client, site):
    site.homes["ru"].unpublish()
    response = client.get("/ru/")
    assert response.status_code == 404
    assert 'href="/en/"' in response.text
    assert client.get("/en/").status_code == 200


def test_page__private_in_one_language_is_private_in_all(client, site):
    section = factories.SectionPageFactory(parent=site.home, title="Ours")
    russian = section.copy_for_translation(site.locales["ru"])
    russian.live = True
    russian.save()
    below = factories.ContentPageFactory(parent=russian, title="Below")
    assert client.get(below.get_url()).status_code == 200
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    for page in (section, russian, below):
        assert client.get(page.get_url()).status_code == 302


def test_call_to_action__leads_to_the_chosen_page(client, site):
    target = factories.SectionPageFactory(parent=site.home, title="Target")
    link = {"text": "Go there", "page": target.pk, "url": ""}
    body = [{"type": "call_to_action", "value": {"heading": "", "text": "", "link": link}}]
    page = factories.SectionPageFactory(parent=site.home, body=json.dumps(body))
    assert f'href="{target.get_url()}">Go there</a>' in client.get(page.get_url()).text
