"""A reader without JavaScript, with a keyboard alone, on a narrow screen."""

import re
from collections import defaultdict
from typing import Literal
from uuid import UUID

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from wagtail.models import get_page_models

from campaigns.models import NewsIndexPage
from core.languages.site_languages import language
from core.models import BasePage
from home.models import ResourceIndexPage
from tests.functional.helpers import NewContext

KINDS = [model for model in get_page_models() if issubclass(model, BasePage)]
NARROW: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(params=[NARROW, WIDE], ids=["narrow", "wide"])
def scriptless(request: pytest.FixtureRequest, new_context: NewContext) -> Page:
    return new_context(java_script_enabled=False, viewport=request.param).new_page()


def open_menu(page: Page) -> None:
    """On a narrow screen it waits behind a button."""
    button = page.get_by_role("button", name="Menu")
    if button.is_visible():
        button.click()


def test_menu__opens_without_javascript(scriptless: Page):
    scriptless.goto("/en/")
    open_menu(scriptless)
    menu = scriptless.get_by_role("navigation", name="Sections", exact=True)
    menu.get_by_text("Our Work", exact=True).click()
    menu.get_by_role("link", name="Our Work: overview").click()

    expect(scriptless.get_by_role("heading", level=1, name="Our Work")).to_be_visible()


def test_menu__leads_to_the_search_without_javascript(scriptless: Page):
    scriptless.goto("/ru/")
    if (button := scriptless.get_by_role("button", name="Меню")).is_visible():
        button.click()
    scriptless.get_by_role("navigation", name="Разделы", exact=True).get_by_role("link", name="Поиск").click()
    field = scriptless.get_by_role("searchbox")
    field.fill("миграция")
    field.press("Enter")

    expect(scriptless).to_have_url(re.compile(r"/ru/search/\?q="))
    expect(scriptless.get_by_role("status")).to_be_visible()


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_languages__are_changed_on_each_kind_of_page_without_javascript(scriptless: Page, model: type[BasePage]):
    """From language to language, on the page that is in as many of them as any of its kind."""
    by_key: dict[UUID, dict[str, BasePage]] = defaultdict(dict)
    for shown in model.objects.live().public().select_related("locale").order_by("pk"):
        by_key[shown.translation_key][shown.locale.language_code] = shown
    pages = max(by_key.values(), key=len)
    assert len(pages) > 1
    scriptless.goto(pages.pop("en").get_url())

    for code, page in pages.items():
        of_language = language(code)
        scriptless.get_by_role("link", name=of_language.name, exact=True).first.click()

        expect(scriptless).to_have_url(re.compile(f"{re.escape(page.get_url())}$"))
        expect(scriptless.locator("html")).to_have_attribute("lang", code)
        expect(scriptless.locator("html")).to_have_attribute("dir", of_language.dir)


@pytest.mark.parametrize(
    ("index", "label", "option", "query"),
    [
        (NewsIndexPage, "Campaign", "International Youth Day", "campaign=iyd"),
        (ResourceIndexPage, "Language of the file", "Русский", "language=ru"),
    ],
    ids=["news", "resources"],
)
def test_filters__work_without_javascript(
    scriptless: Page, index: type[BasePage], label: str, option: str, query: str
):
    shown = index.objects.filter(locale__language_code="en").first()
    assert shown is not None
    scriptless.goto(shown.get_url())
    scriptless.get_by_label(label).select_option(label=option)
    scriptless.get_by_role("button", name="Show").click()

    expect(scriptless).to_have_url(re.compile(re.escape(query)))
    chosen = scriptless.get_by_label(label).locator("option:checked")
    expect(chosen).to_have_text(option)


def test_questions__open_without_javascript(scriptless: Page):
    """Whatever folds, folds by itself."""
    scriptless.goto("/en/campaigns/wdatip/")
    folded = scriptless.locator("main details").first
    folded.locator("summary").click()

    expect(folded).to_have_attribute("open", "")


def test_keyboard__skips_to_the_content_first(page: Page):
    page.goto("/en/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_keyboard__shows_where_it_is(page: Page, scheme: Literal["light", "dark"]):
    page.emulate_media(color_scheme=scheme)
    page.goto("/en/campaigns/wdatip/")
    unseen, stops = [], 0
    for _stop in range(80):
        page.keyboard.press("Tab")
        where = page.evaluate(FOCUS)
        if where is None:
            break
        stops += 1
        if not where["shown"]:
            unseen.append(where["html"])

    assert stops > 20
    assert unseen == []


# None at the end of the page; an outline that is drawn on something that is on the screen, else.
FOCUS = """() => {
    const focused = document.activeElement;
    if (focused === document.body) return null;
    const style = getComputedStyle(focused), box = focused.getBoundingClientRect();
    const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const seen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight;
    return {shown: drawn && seen, html: focused.outerHTML.slice(0, 120)};
}"""


def test_keyboard__closes_an_open_section_by_escape(page: Page):
    page.set_viewport_size(WIDE)
    page.goto("/en/")
    section = page.locator("header details").first
    summary = section.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(section).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(section).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_keyboard__closes_the_menu_of_a_narrow_screen_by_escape(page: Page):
    page.set_viewport_size(NARROW)
    page.goto("/en/")
    button = page.get_by_role("button", name="Menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Sections", exact=True)).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("navigation", name="Sections", exact=True)).to_be_hidden()
    expect(button).to_be_focused()


def test_menu__open_is_accessible(page: Page, axe):
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        page.goto("/tg/")
        if (button := page.locator(".menu-button").first).is_visible():
            button.click()
        page.locator("header summary").first.click()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe(page) == []


def test_schemes__differ(page: Page):
    papers = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto("/en/")
        papers.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert len(papers) == 2
