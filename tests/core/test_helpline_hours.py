"""When a helpline answers, in words and as data."""

import datetime
from typing import Any

import pytest
from django.utils import translation

from core.helplines.hours import WEEK, exceptions_in_words, schedule, week_in_words
from core.helplines.old_copies import Copy, languages_from, week_from

TODAY = datetime.date(2026, 12, 28)


def week(days: str, opens: str = "08:00", closes: str = "20:00") -> dict[str, Any]:
    return {day: {"opens": opens, "closes": closes} for day in days}


@pytest.mark.parametrize(
    ("hours", "lines"),
    [
        (week("0123456"), ["Every day, 8:00–20:00"]),
        (week("01234") | week("5", "10:00", "14:30"), ["Monday–Friday, 8:00–20:00", "Saturday, 10:00–14:30"]),
        (week("05"), ["Monday, 8:00–20:00", "Saturday, 8:00–20:00"]),
        (week("56", "22:00", "06:00"), ["Saturday, Sunday, 22:00–6:00"]),
        (week("0123456", "00:00", "00:00"), ["Every day, around the clock"]),
        ({}, []),
    ],
)
def test_week__merges_days(hours, lines):
    with translation.override("en"):
        assert week_in_words(hours, "en") == lines


@pytest.mark.parametrize(
    ("code", "days", "digits"),
    [
        ("en", "Monday–Friday", "8:00"),
        ("ru", "Понедельник–пятница", "8:00"),
        ("tg", "Душанбе–ҷумъа", "8:00"),
        ("fa-af", "دوشنبه", "۸:۰۰"),
    ],
)
def test_week__is_written_in_each_language(code, days, digits):
    with translation.override(code):
        [line] = week_in_words(week("01234"), code)

    assert days in line
    assert digits in line


def exception(first: str, last: str = "", opens: str = "", closes: str = "") -> dict[str, Any]:
    return {"first": first, "last": last, "opens": opens, "closes": closes}


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        (exception("2026-12-31"), ["31 December 2026: closed"]),
        (
            exception("2027-01-01", "2027-01-03", "10:00", "14:00"),
            ["1 January 2027 – 3 January 2027: 10:00–14:00"],
        ),
        (exception("2026-12-27"), []),
        (exception("2026-12-20", "2026-12-28"), ["20 December 2026 – 28 December 2026: closed"]),
        (exception("2027-01-12"), []),
    ],
)
def test_exceptions__are_announced_two_weeks_ahead(row, lines):
    with translation.override("en"):
        assert exceptions_in_words([row], "en", TODAY) == lines


def test_schedule__names_each_exceptional_day():
    rows = [exception("2026-12-27", "2026-12-28"), exception("2027-01-01", "", "10:00", "14:00")]

    found = schedule(week("0"), rows, "Asia/Dushanbe", TODAY)

    assert found["week"] == [["08:00", "20:00"], *[None] * 6]
    assert found["days"] == {"2026-12-27": None, "2026-12-28": None, "2027-01-01": ["10:00", "14:00"]}


@pytest.mark.parametrize(
    "text",
    [
        "Every day, 8:00–20:00",
        "Ежедневно, 8:00–20:00",
        "Ҳар рӯз, соати 8:00–20:00",
        "هر روز، از ساعت ۸:۰۰ تا ۲۰:۰۰",
    ],
)
def test_old_hours__of_every_day_are_read(text):
    assert week_from(text) == week("".join(WEEK))


@pytest.mark.parametrize(
    "text", ["Monday to Friday, 8:00–20:00", "8:00–20:00", "Every day, 8–20, Sunday 10:00–12:00", ""]
)
def test_old_hours__of_other_kinds_stay_text(text):
    assert week_from(text) is None
    assert Copy("en", number="1313", hours=text).remark == text


def test_old_languages__are_read_in_their_language():
    assert languages_from("Таджикский, русский, английский", "ru") == ["tg", "ru", "en"]
    assert languages_from("Tajik, Wakhi of the valley", "en") is None
