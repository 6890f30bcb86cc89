"""The hours of helplines: in words of the active language, and as data for the script that says “open now”.

`hours` maps a weekday ("0" is Monday) to {"opens": "08:00", "closes": "20:00"}; on a missing day nobody answers.
A closing time before the opening time is on the following day; the same time twice means around the clock.
`exceptions` is a list of {"first": "2026-12-31", "last": "", "opens": "", "closes": ""}: days with other hours, or
without times closed days.
"""

import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from core.languages.cldr import DATES_IN_WORDS, comma, locale_of, long_date, numerals, range_in_words

WEEK = tuple(map(str, range(7)))
AHEAD = datetime.timedelta(days=14)
"""How far ahead exceptions are announced."""
LONGEST = 62
"""Greatest number of days of one exception."""


def weekday_names(code: str) -> list[str]:
    """Return the names of the weekdays in the language `code` from Monday on, as they are written within a
    sentence."""
    names = locale_of(code).days["stand-alone"]["wide"]
    # CLDR capitalizes the Tajik ones.
    return [names[day].lower() if code in DATES_IN_WORDS else names[day] for day in range(7)]


def week_in_words(hours: dict[str, Any], code: str) -> list[str]:
    """Return one line for each run of days with the same hours: “Monday–Friday, 8:00–20:00”, or a single line if
    all days are equal. Days without hours are left out. `code` is the active language."""
    spans = {_span(hours, day) for day in WEEK}
    if len(spans) == 1 and (daily := spans.pop()):
        return [_("Every day, %(hours)s") % {"hours": _in_words(daily, code)}]
    names, lines = weekday_names(code), []
    for span, run in groupby(WEEK, key=lambda day: _span(hours, day)):
        days = [names[int(day)] for day in run]
        if span:
            line = f"{_days(days, code)}{comma(code)} {_in_words(span, code)}"
            lines.append(line[:1].upper() + line[1:])
    return lines


def exceptions_in_words(exceptions: list[dict[str, Any]], code: str, today: datetime.date) -> list[str]:
    """Return one line, sorted by day, for each exception that begins within two weeks of `today` and is not over:
    “31 December 2026: closed”. `code` is the active language."""
    lines = []
    for first, last, span in _near(exceptions, today):
        days = long_date(first, code)
        if last > first:
            days = _("%(first)s – %(last)s") % {"first": days, "last": long_date(last, code)}
        hours = _in_words(span, code) if span else _("closed")
        lines.append(f"{days}: {hours}")
    return lines


def schedule(
    hours: dict[str, Any], exceptions: list[dict[str, Any]], zone: str, today: datetime.date
) -> dict[str, Any]:
    """Return the data for static/js/helpline.js: `zone`, `week` (a pair of times or None for each weekday) and
    `days` (the same by ISO date for exceptions that begin within two weeks and are not over, from the day before
    `today` on)."""
    days: dict[str, list[str] | None] = {}
    yesterday = today - datetime.timedelta(days=1)
    for first, last, span in _near(exceptions, yesterday):
        for number in range((last - first).days + 1):
            days[str(first + datetime.timedelta(days=number))] = list(span) if span else None
    week = [list(span) if (span := _span(hours, day)) else None for day in WEEK]
    return {"zone": zone, "week": week, "days": days}


def _near(
    exceptions: list[dict[str, Any]], since: datetime.date
) -> list[tuple[datetime.date, datetime.date, tuple[str, str] | None]]:
    """Return first day, last day and hours (None for closed) of the exceptions that begin at most two weeks after
    `since` and end on it or later, sorted by day."""
    found = []
    for each in exceptions:
        first = datetime.date.fromisoformat(each["first"])
        last = datetime.date.fromisoformat(each.get("last") or each["first"])
        if last >= since and first <= since + AHEAD:
            found.append((first, last, _pair(each)))
    return sorted(found, key=lambda exception: exception[:2])


def _span(hours: dict[str, Any], day: str) -> tuple[str, str] | None:
    return _pair(hours.get(day, {}))


def _pair(row: dict[str, Any]) -> tuple[str, str] | None:
    return (row["opens"], row["closes"]) if row.get("opens") and row.get("closes") else None


def _days(days: list[str], code: str) -> str:
    """Return consecutive days as a list of two, or as a range."""
    if len(days) < 3:
        return f"{comma(code)} ".join(days)
    return range_in_words(days[0], days[-1], code)


def _in_words(span: tuple[str, str], code: str) -> str:
    opens, closes = (numerals(time.removeprefix("0"), code) for time in span)
    if opens == closes:
        return _("around the clock")
    return range_in_words(opens, closes, code)
