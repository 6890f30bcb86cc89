"""One more language is a line of settings, a catalogue and a Locale: here an invented one, from right to left, of
which neither Django nor Wagtail nor Babel has ever heard."""

from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from core.languages.site_languages import chain, language
from tests import factories
from tests.site_tree import SiteTree, translated_tree
from tests.test_translations import english_of_public_pages, make_pages, spoken

# Of the codes that ISO 639-2 leaves for everybody's own use, in Arabic script.
CODE, NAME = "qaa-arab", "زبان نو"
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقکلمنه")


def invented(english: str) -> str:
    return english.lower().translate(LETTERS)


@pytest.fixture
def locale_of_it(site: SiteTree, settings, tmp_path: Path) -> Locale:
    folder = tmp_path / "locale" / translation.to_locale(CODE) / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog()
    for text in english_of_public_pages():
        catalogue.add(text, invented(text))
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path / "locale"]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, (CODE, NAME)]
    locale = Locale.objects.create(language_code=CODE)
    translated_tree(site, locale)
    return locale


@pytest.fixture
def addresses(site: SiteTree, locale_of_it: Locale) -> dict[str, int]:
    """Of one page of each kind; how each answers."""
    home = site.homes[CODE]
    section = factories.SectionPageFactory(parent=home, show_in_menus=True)
    project = factories.ProjectPageFactory(parent=section)
    resources = factories.ResourceIndexPageFactory(parent=section)
    others = [
        section,
        project,
        resources,
        factories.ContentPageFactory(parent=section),
        factories.ResourcePageFactory(parent=resources, year=2024),
    ]
    return make_pages(site, CODE) | {page.get_url(): 200 for page in others}


def test_new_language__has_every_page_from_right_to_left_and_in_its_words(client, addresses):
    english = english_of_public_pages()

    for address, status in addresses.items():
        response = client.get(address)
        soup = BeautifulSoup(response.text, "html.parser")
        said = set(spoken(response.text))
        assert response.status_code == status, address
        assert (soup.html["lang"], soup.html["dir"]) == (CODE, "rtl"), address
        assert invented("Skip to the content") in said, address
        assert said & english == set(), address


def test_new_language__is_offered_by_its_own_name_on_the_pages_of_the_others(client, site, addresses):
    soup = BeautifulSoup(client.get(site.home.get_url()).text, "html.parser")
    link = soup.find("a", hreflang=CODE)

    assert (link["href"], link["dir"], link.get_text()) == (f"/{CODE}/", "rtl", NAME)


def test_new_language__takes_what_it_lacks_from_the_sites_own(locale_of_it):
    assert chain(CODE)[:2] == [CODE, "en"]
    assert [language(code).dir for code in ("ps", "ur", "he", "uz-arab", "ckb", "az")] == ["rtl"] * 5 + ["ltr"]


def test_new_language__is_translated_in_the_admin(admin_client, site, addresses):
    home = site.homes[CODE]
    for address in (
        f"/admin/pages/{home.pk}/",
        f"/admin/pages/{home.pk}/edit/",
        reverse("translation_board:index"),
    ):
        response = admin_client.get(address, follow=True)
        assert response.status_code == 200, address
        assert NAME in response.text, address
