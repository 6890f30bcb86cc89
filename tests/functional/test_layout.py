"""What stands beside what on a narrow screen: nothing is split, and nothing touches."""

import pytest
from playwright.sync_api import Page

from campaigns.models import NewsPage, ProjectPage

NARROW = (320, 360)


@pytest.fixture(params=NARROW)
def narrow(request: pytest.FixtureRequest, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 800})
    return page


@pytest.mark.parametrize("code", ["en", "ru", "tg", "fa-af"])
def test_footer__keeps_each_link_in_one_column(narrow: Page, code: str):
    narrow.goto(f"/{code}/")
    columns = narrow.locator(".footer .sections a").evaluate_all(
        "links => links.map(link => new Set([...link.getClientRects()].map(box => Math.round(box.left))).size)"
    )

    assert columns
    assert set(columns) == {1}


@pytest.mark.parametrize("model", [NewsPage, ProjectPage])
def test_details__stand_apart_from_the_text(narrow: Page, model: type[NewsPage | ProjectPage]):
    shown = model.objects.live().filter(locale__language_code="ru").first()
    narrow.goto(shown.get_url())
    gap = narrow.locator("dl.aside").evaluate(
        "list => list.getBoundingClientRect().top - Math.max(...[..."
        "list.parentElement.querySelectorAll('.prose, figure')].map(box => box.getBoundingClientRect().bottom))"
    )

    assert gap >= 16


def test_buttons__of_what_is_not_there_do_not_touch(narrow: Page):
    narrow.goto("/ru/nowhere/")
    first, second = narrow.locator(".more a").evaluate_all(
        "links => links.map(a => a.getBoundingClientRect().toJSON())"
    )

    assert second["top"] - first["bottom"] >= 8 or second["left"] - first["right"] >= 8


def test_breadcrumb__never_leaves_its_separator_alone(narrow: Page):
    """Of a crumb that begins with a separator the words begin on the same line."""
    narrow.goto("/tg/campaigns/wdatip/2024/")
    tops = narrow.locator(".crumbs li").evaluate_all(
        "items => items.map(item => item.querySelector('a').getBoundingClientRect().top"
        " - item.getBoundingClientRect().top)"
    )

    assert len(tops) >= 3
    assert max(tops) < 8


def test_breadcrumb__is_not_covered(page: Page):
    page.set_viewport_size({"width": 1024, "height": 800})
    page.goto("/ru/campaigns/iyd/2020/")
    covered = page.locator(".crumbs a").evaluate_all(
        "links => links.filter(link => [...link.getClientRects()].some(box =>"
        " !link.contains(document.elementFromPoint(box.right - 2, (box.top + box.bottom) / 2))))"
        ".map(link => link.textContent)"
    )

    assert covered == []
