"""Dates of the Solar Hijri calendar, as Afghanistan and Iran count them, and their days in the Gregorian one."""

import re
from datetime import date
from itertools import product

# In Dari, Persian, English and Tajik.
_MONTHS = [
    "حمل|فروردین|hamal|ҳамали?",
    "ثور|اردیبهشت|sawr|саври?",
    "جوزا|خرداد|jawza|ҷавзои?",
    "سرطان|تیر|saratan|саратони?",
    "اسد|مرداد|asad|асади?",
    "سنبله|شهریور|sonbola|сунбулаи?",
    "میزان|مهر|mizan|мизони?",
    "عقرب|آبان|aqrab|ақраби?",
    "قوس|آذر|qaws|қавси?",
    "جدی|دی|jadi|ҷадии?",
    "دلو|بهمن|dalwa|далви?",
    "حوت|اسفند|hut|ҳути?",
]
# Names of months that are other words, too.
_UNSURE = set("میزان جدی تیر مهر دی آذر قوس hut".split())
_YEAR = r"(?:соли\s|سال\s)?(?P<year>1[34]\d\d)(?!\d)"
_TO = r"\s?(?:[-–]|то|ва|و|تا|and|to)\s?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_DAYS = rf"(?:(?:(?<!\d)(?P<first_day>\d{{1,2}}){_TO})?(?<!\d){_DAY}\s)?"
_YEARS = rf"(?:(?P<first_year>1[34]\d\d){_TO})?(?P<year>1[34]\d\d)(?!\d)"
_MONTH = "0?[1-9]|1[0-2]"
DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAYS}(?<!\w)(?P<month>{'|'.join(_MONTHS)})(?!\w)(?:\s{_YEAR})?",
        rf"(?<![\d./-])(?P<year>1[34]\d\d)([./-])(?P<month>{_MONTH})\2{_DAY}(?![\d./-])",
        rf"(?<![\d./-]){_DAY}([./-])(?P<month>{_MONTH})\2(?P<year>1[34]\d\d)(?![\d./-])",
        rf"(?<!\w)(?:сол(?:и|ҳои)|سال(?:\u200c?های)?)\s{_YEARS}",
    )
]
"""Dates and years of the calendar, also two with “to” between them. The name of a month that has neither day nor
year is for the caller to leave."""
_NEW_YEAR_1405 = date(2026, 3, 21).toordinal()
# All ways in which years of the two calendars lie to each other.
_ANY_YEAR = range(1400, 1410)


def days_of(day: str, month: str, year: str) -> list[date]:
    """Return the days that a date may be, its month by name or number; what is not said of it is empty. Without a
    year, they are those of all years that begin on another day."""
    days = [int(day)] if day else range(1, 31)
    months = [_number_of(month)] if month else range(1, 13)
    return [_gregorian(*each) for each in product(days, months, [int(year)] if year else _ANY_YEAR)]


def may_be_other_word(name: str) -> bool:
    return name.lower() in _UNSURE


def _number_of(month: str) -> int:
    if month.isdigit():
        return int(month)
    return next(number for number, forms in enumerate(_MONTHS, 1) if re.fullmatch(forms, month, re.IGNORECASE))


def _gregorian(day: int, month: int, year: int) -> date:
    """Return the day of a date. Of 33 years, eight have a day more."""
    new_year = _NEW_YEAR_1405 + 365 * (year - 1405) + (8 * year + 21) // 33 - (8 * 1405 + 21) // 33
    return date.fromordinal(new_year + 31 * (month - 1) - max(month - 7, 0) + day - 1)
