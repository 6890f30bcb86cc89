"""Every kind of public page, as a browser sees it: in each language, light and dark, narrow and wide."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Cookie, Page
from wagtail.models import Page as WagtailPage
from wagtail.models import get_page_models

from campaigns.models import NewsIndexPage
from core.languages.cldr import direction
from home.models import HomePage, ResourceIndexPage
from tests.factories import NewsPageFactory
from tests.functional.helpers import traceless

KINDS_OF_PAGE = len([model for model in get_page_models() if model is not WagtailPage])
LANGUAGES = [code for code, _name in settings.LANGUAGES]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1280, 1024, 768, 360, 320)
WIDTHS_FOR_AXE = (1280, 360)

# What a request for each address is answered with.
Addresses = dict[str, int]


def live_pages(code: str):
    return WagtailPage.objects.live().public().filter(locale__language_code=code, depth__gt=1)


def addresses_in(code: str) -> Addresses:
    """The fullest page of each kind; lists filtered and paged; the search; and what is not there, once in another
    language and once in none."""
    fullest: dict[type, WagtailPage] = {}
    for page in live_pages(code).specific():
        known = fullest.get(type(page))
        if known is None or weight(page) > weight(known):
            fullest[type(page)] = page
    news, resources = fullest[NewsIndexPage].get_url(), fullest[ResourceIndexPage].get_url()
    shown = [
        *(page.get_url() for page in fullest.values()),
        *(f"{news}?{query}" for query in ("page=2", "campaign=wdatip", "campaign=wdatip&year=1945")),
        *(f"{resources}?{query}" for query in ("language=ru", "kind=nothing-of-this-kind&year=2024")),
        *(f"/{code}/search/{query}" for query in ("", "?q=2024", "?q=zzzz")),
    ]
    return {**dict.fromkeys(shown, 200), f"/{code}/nowhere/": 404, **dict.fromkeys(lacking(code), 404)}


def weight(page: WagtailPage) -> tuple[int, bool, int]:
    return len(getattr(page, "body", None) or []), bool(getattr(page, "lead_image", None)), -page.pk


def lacking(code: str) -> list[str]:
    """The address of a page that this language lacks."""
    own = live_pages(code).values("translation_key")
    page = live_pages("en").filter(depth__gt=2).exclude(translation_key__in=own).first()
    return [f"/{code}{page.get_url().removeprefix('/en')}"] if page else []


@dataclass
class Visits:
    """What was found on the way, an entry each."""

    statuses: Addresses = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    broken_words: list[str] = field(default_factory=list)
    requests: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    cookies: list[Cookie] = field(default_factory=list)
    # By address: the files of fonts, and the images that are loaded before others.
    fonts: dict[str, int] = field(default_factory=dict)
    leads: dict[str, list[int]] = field(default_factory=dict)
    careless_images: list[str] = field(default_factory=list)


# The words of headings of which a part stands on another line.
BROKEN_WORDS = r"""() => [...document.querySelectorAll('h1, h2, h3, .theme')].flatMap(heading => {
    const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT), broken = [];
    while (texts.nextNode()) {
        for (const word of texts.currentNode.data.matchAll(/[\p{L}\p{N}()«»“”]+/gu)) {
            const range = document.createRange();
            range.setStart(texts.currentNode, word.index);
            range.setEnd(texts.currentNode, word.index + word[0].length);
            const lines = [...range.getClientRects()].filter(box => box.width).map(box => Math.round(box.top));
            if (new Set(lines).size > 1) broken.push(word[0]);
        }
    }
    return broken;
})"""


FONTS = "performance.getEntriesByType('resource').filter(each => each.name.includes('.woff')).length"
# Which of the page's images, below the name of the site, are loaded at once and before others.
LEADS = """[...document.querySelectorAll('body > :not(.masthead) img')].flatMap(
    (image, place) => image.loading !== 'lazy' && image.fetchPriority === 'high' ? [place] : [])"""
# Those that are loaded at once without need, or leave the browser to guess how large they are.
CARELESS_IMAGES = """[...document.images].filter(image => !(
    (image.loading === 'lazy') !== (image.fetchPriority === 'high')
    && image.hasAttribute('width') && image.hasAttribute('height')
    && [image, ...image.parentElement.querySelectorAll('source')].every(each => !each.srcset || each.sizes)
)).map(image => image.outerHTML)"""


@pytest.fixture(scope="module", params=LANGUAGES)
def code(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def addresses(code: str, base_url: str) -> Iterator[Addresses]:
    """With a story without a picture: the demo has none."""
    index = NewsIndexPage.objects.get(locale__language_code=code)
    with traceless():
        story = NewsPageFactory(parent=index, title=f"Without a picture, {code}")
        yield {**addresses_in(code), story.get_url(): 200}


@pytest.fixture(scope="module")
def visits(browser: Browser, base_url: str, addresses: Addresses, axe: Callable[..., Any]) -> Iterator[Visits]:
    visits = Visits()
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    page.on("request", lambda request: visits.requests.add(request.url))
    page.on("console", lambda said: visits.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: visits.complaints.append(str(error)))
    for address in addresses:
        response = page.goto(address)
        assert response is not None
        visits.statuses[address] = response.status
        visits.fonts[address] = page.evaluate(FONTS)
        visits.leads[address] = page.evaluate(LEADS)
        visits.careless_images += [f"{address}: {image}" for image in page.evaluate(CARELESS_IMAGES)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                visits.too_wide.append(f"{address} at {width}")
            visits.broken_words += [f"{address} at {width}: {word}" for word in page.evaluate(BROKEN_WORDS)]
            for scheme in SCHEMES if width in WIDTHS_FOR_AXE else ():
                page.emulate_media(color_scheme=scheme)
                visits.violations += [f"{scheme}, {width}: {line}" for line in axe(page)]
    visits.cookies = context.cookies()
    yield visits
    context.close()


def test_addresses__hold_each_kind_of_page(code: str, addresses: Addresses):
    kinds = {page.specific_class for page in live_pages(code)}

    assert len(kinds) == KINDS_OF_PAGE
    assert len(addresses) == KINDS_OF_PAGE + 10 + len(lacking(code))
    assert bool(lacking(code)) == (code != "en")


def test_page__is_answered(visits: Visits, addresses: Addresses):
    assert visits.statuses == addresses


def test_page__has_no_violation_of_axe(visits: Visits):
    assert visits.violations == []


def test_page__fits_its_window(visits: Visits):
    assert visits.too_wide == []


def test_page__breaks_no_word_of_a_heading(visits: Visits):
    assert visits.broken_words == []


def test_page__asks_its_own_host_alone(visits: Visits, base_url: str):
    assert {url for url in visits.requests if not url.startswith(base_url)} == set()


def test_page__has_nothing_to_complain_about(visits: Visits):
    """Neither a script nor the policy: only that an address is not there."""
    assert [line for line in visits.complaints if "404 (Not Found)" not in line] == []


def test_page__loads_one_font_at_most(visits: Visits, code: str):
    """From right to left none: the fonts of the device."""
    assert set(visits.fonts.values()) == {0 if direction(code) == "rtl" else 1}


def test_page__loads_no_image_before_its_first(visits: Visits, code: str):
    assert [address for address, leads in visits.leads.items() if leads not in ([], [0])] == []
    without_picture = list(visits.leads)[-1]
    for address in (f"/{code}/", f"/{code}/campaigns/wdatip/", f"/{code}/news/", without_picture):
        assert visits.leads[address] == [0], address


def test_images__wait_and_say_how_large_they_are(visits: Visits):
    assert visits.careless_images == []


def test_page__leaves_no_cookie(visits: Visits):
    assert visits.cookies == []


def test_markup__is_valid(page: Page, addresses: Addresses, html_errors: Callable[[dict[str, str]], list[str]]):
    """Of each kind of page, and of those that no link leads to: the crawler asks every page."""
    assert html_errors({address: page.request.get(address).text() for address in addresses}) == []


def test_failure__speaks_the_readers_language(
    code: str,
    page: Page,
    axe: Callable[..., Any],
    html_errors: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(HomePage, "get_context", fail)
    response = page.goto(f"/{code}/")

    assert response is not None
    assert response.status == 500
    assert page.locator("html").get_attribute("lang") == code
    assert html_errors({page.url: response.text()}) == []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == []


def test_tools__find_what_is_bad(page: Page, axe: Callable[..., Any], html_errors: Callable[..., Any]):
    bad = "<html><title>Bad</title><main><h1>Bad</h1><img src='x.png'><p><div>pale</div></p></main></html>"
    page.set_content(bad)

    assert any("image-alt" in line for line in axe(page))
    assert any("/bad/:1" in line for line in html_errors({"/bad/": bad}))
