"""Every kind of public page, as a browser sees it."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from wagtail.models import Page as WagtailPage
from wagtail.models import get_page_models

KINDS_OF_PAGE = len([model for model in get_page_models() if model is not WagtailPage])
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(scope="session")
def addresses(base_url: str) -> dict[str, list[str]]:
    """By language: the fullest page of each kind, the search, and the two pages that answer 404."""
    found: dict[str, list[str]] = {}
    for code in LANGUAGES:
        pages = WagtailPage.objects.live().public().filter(locale__language_code=code, depth__gt=1)
        fullest = {}
        for page in pages.specific():
            kind = type(page)
            if kind not in fullest or _weight(page) > _weight(fullest[kind]):
                fullest[kind] = page
        kinds = [page.get_url() for page in fullest.values()]
        others = [f"/{code}/{rest}" for rest in ("search/", "search/?q=2024", "nowhere/")]
        found[code] = [*kinds, *others, *_lacking(code)]
    return found


def _weight(page: WagtailPage) -> tuple[int, int]:
    return len(getattr(page, "body", None) or []), -page.pk


def _lacking(code: str) -> list[str]:
    """The address of a page that this language lacks."""
    own = WagtailPage.objects.live().filter(locale__language_code=code).values("translation_key")
    other = WagtailPage.objects.live().filter(locale__language_code="en", depth__gt=2)
    lacking = other.exclude(translation_key__in=own).first()
    return [f"/{code}{lacking.get_url().removeprefix('/en')}"] if lacking else []


def test_addresses__hold_each_kind_of_page_in_each_language(addresses: dict[str, list[str]]):
    assert {code: len(listed) for code, listed in addresses.items()} == {
        "en": KINDS_OF_PAGE + 3,
        "ru": KINDS_OF_PAGE + 4,
        "tg": KINDS_OF_PAGE + 4,
    }


def test_tools__find_what_is_bad(
    page: Page, axe: Callable[[Page], list[str]], html_errors: Callable[[dict[str, str]], list[str]]
):
    bad = "<html><title>Bad</title><main><h1>Bad</h1><img src='x.png'><p><div>pale</div></p></main></html>"
    page.set_content(bad)

    assert any("image-alt" in line for line in axe(page))
    assert any("/bad/:1" in line for line in html_errors({"/bad/": bad}))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_axe__finds_nothing(
    code: str,
    scheme: str,
    page: Page,
    addresses: dict[str, list[str]],
    axe: Callable[[Page], list[str]],
):
    page.emulate_media(color_scheme=scheme)
    findings = []
    for address in addresses[code]:
        page.goto(address)
        findings += axe(page)

    assert findings == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_markup__is_valid(
    code: str, page: Page, addresses: dict[str, list[str]], html_errors: Callable[[dict[str, str]], list[str]]
):
    pages = {address: page.request.get(address).text() for address in addresses[code]}

    assert html_errors(pages) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_page__asks_its_own_host_alone_and_breaks_no_policy(
    code: str, page: Page, base_url: str, addresses: dict[str, list[str]]
):
    asked, complaints = set(), []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in addresses[code]:
        page.goto(address)

    assert {url for url in asked if not url.startswith(base_url)} == set()
    assert [line for line in complaints if "404 (Not Found)" not in line] == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_page__fits_its_window(width: int, page: Page, addresses: dict[str, list[str]]):
    page.set_viewport_size({"width": width, "height": 800})
    too_wide = []
    for address in [address for code in LANGUAGES for address in addresses[code]]:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            too_wide.append(address)

    assert too_wide == []


def test_page__can_be_read_without_javascript(browser: Browser, base_url: str, addresses: dict[str, list[str]]):
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    silent = []
    for address in addresses["en"]:
        page.goto(address)
        if not page.locator("main h1").is_visible() or not page.locator("nav a").first.is_visible():
            silent.append(address)
    context.close()

    assert silent == []
