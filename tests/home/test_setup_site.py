"""A site without any content, made by one command."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from campaigns.models import CampaignIndexPage, NewsIndexPage
from home.models import HomePage

pytestmark = pytest.mark.django_db

NAME = "Migration office"


@pytest.fixture(autouse=True)
def _administrator(monkeypatch):
    for name, value in {
        "USERNAME": "first",
        "EMAIL": "first@example.org",
        "PASSWORD": "a word of my own 7",
    }.items():
        monkeypatch.setenv(f"DJANGO_SUPERUSER_{name}", value)


def set_up(*arguments: str) -> None:
    call_command("setup_site", NAME, "www.example.org", "--no-input", *arguments)


def test_setup__makes_a_site_that_answers(client, settings):
    set_up()

    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("www.example.org", 443, NAME)
    assert {locale.language_code for locale in Locale.objects.all()} == {
        code for code, _name in settings.LANGUAGES
    }
    assert {"Editor", "Publisher", "Reviewer", "Translator ru"} <= set(
        Group.objects.values_list("name", flat=True)
    )
    settings.ALLOWED_HOSTS = ["www.example.org"]
    for page in (HomePage.objects.get(), NewsIndexPage.objects.get(), CampaignIndexPage.objects.get()):
        answer = client.get(page.get_url(), headers={"host": "www.example.org"})
        assert answer.status_code == 200
        assert NAME in answer.text
    assert Page.find_problems() == ([], [], [], [], [])


def test_setup__tells_what_is_left_to_do(capsys):
    set_up()

    told = capsys.readouterr().out
    assert "https://www.example.org/admin/" in told
    assert "Helplines" in told


def test_setup__makes_an_administrator_who_gets_in(client):
    set_up()

    assert client.login(username="first", password="a word of my own 7")
    assert client.get(reverse("wagtailadmin_explore", args=[HomePage.objects.get().pk])).status_code == 200


def test_setup__twice_changes_nothing():
    set_up()
    HomePage.objects.update(title="Written since")
    before = set(Page.objects.values_list("pk", "title"))

    call_command("setup_site", "Another", "other.example.org", "--no-input")

    assert set(Page.objects.values_list("pk", "title")) == before
    assert Site.objects.get().hostname == "www.example.org"
    assert get_user_model().objects.count() == 1


def test_setup__without_an_administrator_says_so(monkeypatch):
    monkeypatch.delenv("DJANGO_SUPERUSER_USERNAME")

    with pytest.raises(CommandError, match="username"):
        set_up()
    assert HomePage.objects.filter(live=True).exists()
