"""Filters that format dates, times, file sizes and numbers in the active language."""

import datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import gettext

from core import times
from core.languages.cldr import long_date, number, numerals, time_of_day
from core.languages.site_languages import active_code

register = template.Library()

KILO = 1024


@register.filter
def localdate(date: datetime.date | None, code: str = "") -> str:
    """Return a date in words, in the active language or the language `code`: 16 August 2024; empty for None."""
    return long_date(date, code or active_code()).replace(" г.", "\xa0г.") if date else ""


@register.filter
def localdatetime(moment: datetime.datetime | None, code: str = "") -> str:
    """Return a moment in words with its time zone, in the active language or the language `code`; empty for
    None."""
    return times.in_words(moment, code) if moment else ""


@register.simple_tag
def now_in_words() -> str:
    """Return the current time in words with its time zone, in the active language, to show beside inputs for a
    time."""
    return times.in_words(timezone.now())


@register.filter
def timeofday(time: datetime.time | None, code: str = "") -> str:
    """Return a time in the short format of the active language or the language `code`: 14:05; empty for None."""
    return time_of_day(time, code or active_code()) if time else ""


@register.filter
def filesize(size: int | None) -> str:
    """Return the size of a file, given in bytes, in kB or, from 1024 kB, in MB, in the active language: 14.2 kB;
    empty for None."""
    if size is None:
        return ""
    code = active_code()
    if size < KILO**2:
        return gettext("%(number)s kB") % {"number": number(round(Decimal(size) / KILO, 1), code)}
    return gettext("%(number)s MB") % {"number": number(round(Decimal(size) / KILO**2, 1), code)}


@register.filter
def digits(value: object, code: str = "") -> str:
    """Return a number or text with the digits of the active language or the language `code`, without separators of
    thousands; empty for None."""
    return numerals("" if value is None else value, code or active_code())
