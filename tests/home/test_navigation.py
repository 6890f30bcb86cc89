"""Menu, languages, breadcrumb: what stands around every page."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from home.navigation import Navigation
from tests import factories
from tests.scenes import scene


def navigation(page, code: str = "en") -> Navigation:
    with translation.override(code):
        made = Navigation(RequestFactory().get(page.get_url()), page)
        made.sections, made.languages, made.breadcrumb, made.helpline  # noqa: B018
        return made


@scene
def section(site):
    return factories.SectionPageFactory(
        parent=site.home, title="Our Work", introduction="What we do", show_in_menus=True
    )


def test_menu__section_with_introduction_and_children_in_the_order_of_the_tree(site, section):
    for title in ("Second", "First"):
        factories.ContentPageFactory(parent=section, title=title, show_in_menus=True)
    [entry] = navigation(site.home).sections
    assert (entry.title, entry.introduction) == ("Our Work", "What we do")
    assert [child.title for child in entry.children] == ["Second", "First"]


def test_menu__leaves_out_drafts_private_pages_and_what_is_not_meant_for_it(site, section):
    factories.ContentPageFactory(parent=section, title="Draft", show_in_menus=True, live=False)
    private = factories.ContentPageFactory(parent=section, title="Private", show_in_menus=True)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    factories.ContentPageFactory(parent=section, title="Aside", show_in_menus=False)
    assert [child.title for child in navigation(site.home).sections[0].children] == []


def test_languages__only_live_translations_have_an_address(site):
    story = factories.NewsPageFactory(parent=site.news_index)
    russian = story.copy_for_translation(site.locales["ru"])
    assert not russian.live
    urls = {entry.code: entry.url for entry in navigation(story).languages}
    assert urls == {"en": story.get_url(), "ru": None, "tg": None, "fa-af": None}


def test_breadcrumb__from_home_to_the_parent(site, section):
    page = factories.ContentPageFactory(parent=section)
    assert [entry.title for entry in navigation(page).breadcrumb] == [site.home.title, "Our Work"]


def test_navigation__queries_do_not_grow(site, section, django_assert_max_num_queries):
    page = factories.ContentPageFactory(parent=section)
    navigation(page)
    with django_assert_max_num_queries(6):
        navigation(page)
    for n in range(12):
        factories.ContentPageFactory(parent=section, title=f"Page {n}", show_in_menus=True)
    page = Page.objects.get(pk=page.pk)
    with django_assert_max_num_queries(6):
        navigation(page)


def switched(client, address: str, code: str = "ru") -> str:
    soup: Any = BeautifulSoup(client.get(address).content, "html.parser")
    return soup.select_one(f"nav.languages a[hreflang={code}]")["href"]


def test_languages__keep_the_filters_of_a_list(client, site, section):
    assert switched(client, "/en/news/?topic=youth&year=2024&page=2&x=1") == "/ru/news/?topic=youth&year=2024"
    assert switched(client, "/en/news/?topic=%22%3E%00") == "/ru/news/?topic=%22%3E%00"
    assert switched(client, "/en/news/?topic=") == "/ru/news/"
    assert switched(client, "/en/?topic=youth") == "/ru/"
    resources = factories.ResourceIndexPageFactory(parent=section, slug="papers")
    russian = factories.SectionPageFactory(parent=site.homes["ru"], translation_key=section.translation_key)
    factories.ResourceIndexPageFactory(parent=russian, translation_key=resources.translation_key)
    address = resources.get_url() + "?kind=law&language=tg"
    assert switched(client, address) == russian.get_url() + "papers/?kind=law&language=tg"
