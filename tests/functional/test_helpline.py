"""The number in reach on a small phone, and whether somebody answers now."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from campaigns.models import NewsPage
from tests.functional.helpers import NewContext

PHONE = {"width": 360, "height": 640}
CODES = ["en", "ru", "tg", "fa-af"]
DAILY = [["08:00", "20:00"]] * 7
CLOSED = [None] * 7
ALL_MONDAY = [["00:00", "00:00"], *CLOSED[1:]]
MONDAY_NIGHT = [["22:00", "06:00"], *CLOSED[1:]]


def untranslated(code: str) -> str:
    """The address that a story would have in a language that it is not in."""
    stories = NewsPage.objects.live().filter(locale__language_code="en" if code != "en" else "ru")
    there = NewsPage.objects.filter(locale__language_code=code).values("translation_key")
    story = stories.exclude(translation_key__in=there).first()
    return f"/{code}/news/{story.slug}/" if story else f"/{code}/nowhere/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", CODES)
def test_call_link__is_on_the_first_screen(new_context: NewContext, code: str, scheme: str):
    page = new_context(viewport=PHONE, color_scheme=scheme, java_script_enabled=False).new_page()
    for address in (
        f"/{code}/campaigns/wdatip/",
        f"/{code}/take-action/get-help/",
        f"/{code}/nowhere/",
        untranslated(code),
    ):
        page.goto(address)
        if folder := os.environ.get("SCREENSHOTS"):
            name = f"{code}-{scheme}-{address.strip('/').rpartition('/')[2]}.png"
            page.screenshot(path=Path(folder) / name)
        link = page.locator(".call a")
        box = link.bounding_box()
        number = page.locator(".call-number").bounding_box()

        assert link.get_attribute("href") == "tel:0000000", address
        assert page.locator(".call-number").inner_text() == "000-00-00"
        assert box is not None
        assert number is not None
        for each in (box, number):
            assert each["y"] >= 0, address
            assert each["y"] + each["height"] <= PHONE["height"], address
            assert each["x"] >= 0, address
            assert each["x"] + each["width"] <= PHONE["width"], address
        assert min(box["height"], box["width"]) >= 24


# In UTC, five hours behind the helpline; 28 December 2026 is a Monday.
@pytest.mark.parametrize(
    ("week", "days", "now", "is_open"),
    [
        pytest.param(DAILY, {}, "28T03:00", True, id="eight there"),
        pytest.param(DAILY, {}, "28T02:59", False, id="before eight there"),
        pytest.param(DAILY, {}, "28T14:59", True, id="before twenty there"),
        pytest.param(DAILY, {}, "28T15:00", False, id="twenty there"),
        pytest.param(CLOSED, {}, "28T05:00", False, id="never"),
        pytest.param(ALL_MONDAY, {}, "28T18:59", True, id="around the clock"),
        pytest.param(ALL_MONDAY, {}, "28T19:00", False, id="not on Tuesday"),
        pytest.param(MONDAY_NIGHT, {}, "28T19:30", True, id="past midnight"),
        pytest.param(MONDAY_NIGHT, {}, "29T01:00", False, id="till six"),
        pytest.param(MONDAY_NIGHT, {}, "27T20:00", False, id="not the night before"),
        pytest.param(DAILY, {"2026-12-28": None}, "28T05:00", False, id="exception"),
        pytest.param(DAILY, {"2026-12-28": ["10:00", "12:00"]}, "28T04:00", False, id="other hours"),
        pytest.param(CLOSED, {"2026-12-28": ["10:00", "12:00"]}, "28T06:00", True, id="opened once"),
        pytest.param(DAILY, {"2026-12-28": ["22:00", "02:00"]}, "28T20:30", True, id="into the next day"),
    ],
)
@pytest.mark.parametrize("reader_zone", ["America/New_York", "Asia/Tokyo"])
def test_open_now__is_told_by_the_time_of_the_helpline(
    new_context: NewContext, week: list[Any], days: dict[str, Any], now: str, is_open: bool, reader_zone: str
):
    page = new_context(viewport=PHONE, timezone_id=reader_zone).new_page()
    page.clock.set_fixed_time(f"2026-12-{now}:00Z")
    page.goto("/en/nowhere/")
    schedule = {"zone": "Asia/Dushanbe", "week": week, "days": days}
    page.evaluate(
        """schedule => {
            document.querySelector("main .hours").dataset.schedule = schedule;
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        json.dumps(schedule),
    )

    assert page.locator("main .now").inner_text() == ("Open now" if is_open else "Closed now")


def test_open_now__stands_beside_the_hours_and_needs_no_script_for_these(new_context: NewContext, page: Page):
    page.goto("/en/take-action/get-help/")
    assert page.locator("main .now").inner_text() in ("Open now", "Closed now")
    bare = new_context(java_script_enabled=False).new_page()
    bare.goto("/en/take-action/get-help/")
    assert bare.locator("main .hours").inner_text().startswith("Every day, 8:00–20:00")
    assert bare.locator("main .now").is_hidden()


def test_open_now__says_nothing_where_it_cannot_know(new_context: NewContext):
    page = new_context().new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/en/nowhere/")
    for schedule in ("", "{", '{"zone": "Mars/Olympus", "week": [], "days": {}}'):
        page.evaluate(
            """schedule => {
                document.querySelector("main .hours").dataset.schedule = schedule;
                document.dispatchEvent(new Event("visibilitychange"));
            }""",
            schedule,
        )
        assert page.locator("main .now").is_hidden()
    assert errors == []
