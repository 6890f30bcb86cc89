"""A Dari page with numbers in running text, as a browser draws it: from left to right."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from campaigns.models import NewsIndexPage, NewsPage
from tests import factories

RUNS = [
    "44-600-12-34",
    "+992 44 600 12 34",
    "+992 (37) 221-00-00",
    "8:00-20:00",
    "8:00 – 20:00",
    "۸:۰۰-۱۷:۰۰",
    "help-24@example.org",
    "https://example.org/fa-af/1-2/",
    "A/RES/68/192",
    "-5%",
]

DRAWN = """
run => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const start = walker.currentNode.data.indexOf(run);
        if (start < 0) continue;
        found.push([...run].map((_, place) => {
            const range = document.createRange();
            range.setStart(walker.currentNode, start + place);
            range.setEnd(walker.currentNode, start + place + 1);
            const box = range.getBoundingClientRect();
            return [Math.round(box.top), box.left];
        }));
    }
    return found;
}
"""


@pytest.fixture(scope="module")
def address(base_url: str, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock():
        index = NewsIndexPage.objects.get(locale__language_code="fa-af")
        text = "".join(f"<p>به این شماره یا آدرس {run} نگاه کنید، سپس {run}، و بعد بروید.</p>" for run in RUNS)
        story = factories.NewsPageFactory(
            parent=index, title="شماره‌ها", slug="numbers-in-dari", body=[("rich_text", text)]
        )
        yield story.get_url()
        NewsPage.objects.get(pk=story.pk).delete()


@pytest.mark.parametrize("width", [360, 1280])
def test_number__is_drawn_from_left_to_right(page: Page, address: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    if folder := os.environ.get("SCREENSHOTS"):
        page.locator(".prose").first.screenshot(path=Path(folder) / f"numbers-{width}.png")

    for run in RUNS:
        drawn = page.evaluate(DRAWN, run)
        assert len(drawn) == 2, run
        for places in drawn:
            assert places == sorted(places), run
            assert len({top for top, _left in places}) == 1, run


@pytest.mark.parametrize("run", ["۸:۰۰-۱۷:۰۰", "+۹۹۲ ۰۰ ۰۰۰ ۰۰ ۰۰"])
def test_number__of_the_demo_is_drawn_from_left_to_right(page: Page, run: str):
    page.goto("/fa-af/take-action/get-help/")

    (places,) = page.evaluate(DRAWN, run)

    assert places == sorted(places)
