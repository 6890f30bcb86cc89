"""How the demo is loaded, with a few of its pages."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from home.demo import content, loader
from home.models import ContentPage, HomePage

LANGUAGES = 4


def _small_demo(monkeypatch, pages: int) -> None:
    chosen = content.pages()[:pages]
    monkeypatch.setattr(content, "pages", lambda: chosen)
    monkeypatch.setattr(content, "snippets", list)
    monkeypatch.setattr(content, "images", lambda: _with_small_files(chosen))


def _with_small_files(pages):
    return [data for data in _ALL_IMAGES if any(page.data.get("lead_image") == data["slug"] for page in pages)]


_ALL_IMAGES = content.images()


@pytest.mark.django_db
def test_load__is_all_or_nothing(monkeypatch):
    def fail(*args) -> None:
        raise RuntimeError

    _small_demo(monkeypatch, pages=3)
    monkeypatch.setattr(loader, "translate", fail)
    with pytest.raises(RuntimeError):
        call_command("load_demo")
    assert not HomePage.objects.exists()
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_load__makes_no_users_outside_a_demo(monkeypatch, settings, capsys):
    _small_demo(monkeypatch, pages=1)
    settings.DEMO = False
    call_command("load_demo")
    assert HomePage.objects.count() == LANGUAGES
    assert not get_user_model().objects.exists()
    assert "demo" not in capsys.readouterr().out


def test_load__takes_the_place_of_an_editors_home(site, monkeypatch):
    _small_demo(monkeypatch, pages=3)
    call_command("load_demo")
    site.home.refresh_from_db()
    assert site.home.title == "Home en"
    assert ContentPage.objects.get(slug="about", locale__language_code="ru").title == "О сайте"
