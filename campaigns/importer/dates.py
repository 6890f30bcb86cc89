"""Recognition of dates in English, Russian, Tajik and Dari."""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone

EARLIEST_YEAR = 1990
A_YEAR = datetime.timedelta(days=366)

_MONTHS = (
    r"jan(?:uary)?|январ[ьяи]?|янв|جنوری|ژانویه",
    r"feb(?:ruary)?|феврал[ьяи]?|фев|فبروری|فوریه",
    r"mar(?:ch)?|март[аи]?|мар|مارچ|مارس",
    r"apr(?:il)?|апрел[ьяи]?|апр|اپریل|آوریل",
    r"may|ма[йяи]и?|می|مه",
    r"june?|июн[ьяи]?|جون|ژوئن",
    r"july?|июл[ьяи]?|جولای|ژوئیه",
    r"aug(?:ust)?|август[аи]?|авг|اگست|آگست|اوت",
    r"sept?(?:ember)?|сентябр[ьяи]?|сент?|سپتمبر|سپتامبر",
    r"oct(?:ober)?|октябр[ьяи]?|окт|اکتوبر|اکتبر",
    r"nov(?:ember)?|ноябр[ьяи]?|ноя|نومبر|نوامبر",
    r"dec(?:ember)?|декабр[ьяи]?|дек|دسمبر|دسامبر",
)
_MONTH = "|".join(_MONTHS)
_MONTH_PATTERNS = [re.compile(month, re.IGNORECASE) for month in _MONTHS]
_DASH = r"\s?[-‐-―−]\s?"
_YEAR = r"(?:[,،]?\s(?:(?:соли|سال)\s)?{name}(?:\s?(?:года|год|г\.|г\b|с\.))?)?"
# The last day of a range ("12–16 August") counts, because a story is written after an event.
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


# Months of the Solar Hijri calendar of Afghanistan, whose year starts on 20 or 21 March.
_SOLAR_MONTHS = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت".split()
_SOLAR = re.compile(
    rf"(?<!\w)(?P<day>\d{{1,2}})\s(?P<name>{'|'.join(_SOLAR_MONTHS)})[,،]?\s(?:سال\s)?(?P<year>1[34]\d\d)(?!\d)"
)
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)


@dataclass(frozen=True)
class FoundDate:
    """A date in a text, from `start` to `end`."""

    start: int
    end: int
    written: str
    date: datetime.date | None
    """None if the year is missing or there is no such day."""
    day_or_month: bool = False
    """Whether it is ambiguous which number is the day and which the month: 08/05/2024."""
    solar: bool = False
    """Whether it is a date of the Solar Hijri calendar: 23 Asad 1403."""

    @property
    def doubt(self) -> str:
        """A message for the editor about a date that is incomplete, of an unlikely year, ambiguous or of the solar
        calendar; an empty string for others."""
        if self.date is None:
            return f"“{self.written}” in the dateline is no full date"
        if self.date.year < EARLIEST_YEAR or self.date > timezone.localdate() + A_YEAR:
            return f"“{self.written}” is hardly the date of a story: look at its year"
        if self.solar:
            return f"“{self.written}” was read as {self.date:%-d %B %Y}, by the solar calendar"
        if self.day_or_month:
            return f"“{self.written}” was read as {self.date:%-d %B %Y}: it may be the other way round"
        return ""


def _month(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("name"):
        return next(n for n, month in enumerate(_MONTH_PATTERNS, 1) if month.fullmatch(groups["name"]))
    return int(groups["month"])


def _read(match: re.Match[str]) -> FoundDate:
    date: datetime.date | None
    try:
        date = datetime.date(int(match["year"] or 0), _month(match), int(match["day"]))
    except ValueError:
        date = None
    return FoundDate(match.start(), match.end(), match.group(), date, _is_read_either_way(match, date))


def _is_read_either_way(match: re.Match[str], date: datetime.date | None) -> bool:
    """Return whether day and month of a valid date could be swapped. With full stops the day always comes first;
    with slashes and hyphens either may."""
    in_numbers = match.groupdict().get("mark") in ("/", "-")
    return in_numbers and date is not None and date.day <= 12 and date.day != date.month


def _read_solar(match: re.Match[str]) -> FoundDate:
    month = _SOLAR_MONTHS.index(match["name"]) + 1
    date = _from_solar(int(match["year"]), month, int(match["day"]))
    return FoundDate(match.start(), match.end(), match.group(), date, solar=True)


def _from_solar(year: int, month: int, day: int) -> datetime.date | None:
    """Return the Gregorian date of a Solar Hijri date, or None if the month of that year has no such day. The
    first day of 1403 was 20 March 2024."""
    longest = 31 if month < 7 else 30
    if month == 12:
        longest = _days_of_solar(year + 1, 1, 1) - _days_of_solar(year, 12, 1)
    if not 1 <= day <= longest:
        return None
    days = _days_of_solar(year, month, day) - _days_of_solar(1403, 1, 1)
    return datetime.date(2024, 3, 20) + datetime.timedelta(days)


def _days_of_solar(year: int, month: int, day: int) -> int:
    """Return a count of days for subtracting dates. Eight of 33 years are leap years, which holds from 1799 to
    2256."""
    year += 1595
    before_month = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    return 365 * year + year // 33 * 8 + (year % 33 + 3) // 4 + before_month + day


def find_date(text: str) -> FoundDate | None:
    """Return the first date of a text, also one without a year or of a day that does not exist (its `date` is
    None); None if there is none. The caller limits the length of the text."""
    text = text.translate(_DIGITS)
    found = [_read(match) for pattern in _PATTERNS if (match := pattern.search(text))]
    if solar := _SOLAR.search(text):
        found.append(_read_solar(solar))
    return min(found, key=lambda each: each.start, default=None)
