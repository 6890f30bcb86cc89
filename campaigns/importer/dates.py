"""Dates as datelines write them, in English, Russian and Tajik."""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone

EARLIEST_YEAR = 1990
A_YEAR = datetime.timedelta(days=366)

_MONTHS = (
    r"jan(?:uary)?|январ[ьяи]?|янв",
    r"feb(?:ruary)?|феврал[ьяи]?|фев",
    r"mar(?:ch)?|март[аи]?|мар",
    r"apr(?:il)?|апрел[ьяи]?|апр",
    r"may|ма[йяи]и?",
    r"june?|июн[ьяи]?",
    r"july?|июл[ьяи]?",
    r"aug(?:ust)?|август[аи]?|авг",
    r"sept?(?:ember)?|сентябр[ьяи]?|сент?",
    r"oct(?:ober)?|октябр[ьяи]?|окт",
    r"nov(?:ember)?|ноябр[ьяи]?|ноя",
    r"dec(?:ember)?|декабр[ьяи]?|дек",
)
_MONTH = "|".join(_MONTHS)
_MONTH_PATTERNS = [re.compile(month, re.IGNORECASE) for month in _MONTHS]
_DASH = r"\s?[-‐-―−]\s?"
_YEAR = r"(?:,?\s(?:соли\s)?{name}(?:\s?(?:года|год|г\.|г\b|с\.))?)?"
# Of a range ("12–16 August") the last day counts: a story is written after it.
_PATTERNS = (
    re.compile(r"(?<![\w.])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\w)"),
    re.compile(
        r"(?<![\w.])(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?:\s?г\.)?(?!\w|\.\d)"
    ),
    re.compile(
        rf"(?<!\w)(?:\d{{1,2}}(?:\s(?:{_MONTH}))?{_DASH})?(?P<day>\d{{1,2}})(?:st|nd|rd|th|-?го|-?[уюӯ]ми)?\s"
        rf"(?:of\s)?(?P<name>{_MONTH})(?!\w)\.?" + _YEAR.format(name=r"(?P<year>\d{4})(?!\d)"),
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?P<name>{_MONTH})\.?\s(?:\d{{1,2}}{_DASH}(?:(?:{_MONTH})\s)?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\w)"
        + _YEAR.format(name=r"(?P<year>\d{4})(?!\d)"),
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True)
class FoundDate:
    start: int
    end: int
    written: str
    date: datetime.date | None
    """None where the year is missing or there is no such day."""
    day_or_month: bool = False
    """Written in numbers that may be read either way round: 08/05/2024."""

    @property
    def doubt(self) -> str:
        """What an editor should look at, or nothing."""
        if self.date is None:
            return f"“{self.written}” in the dateline is no full date"
        if self.date.year < EARLIEST_YEAR or self.date > timezone.localdate() + A_YEAR:
            return f"“{self.written}” is hardly the date of a story: look at its year"
        if self.day_or_month:
            return f"“{self.written}” was read as {self.date:%-d %B %Y}: it may be the other way round"
        return ""


def _month(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("name"):
        return next(n for n, month in enumerate(_MONTH_PATTERNS, 1) if month.fullmatch(groups["name"]))
    return int(groups["month"])


def _read(match: re.Match[str]) -> FoundDate:
    try:
        date = datetime.date(int(match["year"] or 0), _month(match), int(match["day"]))
    except ValueError:
        date = None
    return FoundDate(match.start(), match.end(), match.group(), date, _is_read_either_way(match, date))


def _is_read_either_way(match: re.Match[str], date: datetime.date | None) -> bool:
    """A full stop between the numbers is how the day comes first; a stroke is written both ways."""
    in_numbers = match.groupdict().get("mark") in ("/", "-")
    return in_numbers and date is not None and date.day <= 12 and date.day != date.month


def find_date(text: str) -> FoundDate | None:
    """The first date of a text; short texts only, the caller cuts."""
    matches = [match for pattern in _PATTERNS if (match := pattern.search(text))]
    return _read(min(matches, key=lambda match: match.start())) if matches else None
