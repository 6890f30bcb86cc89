"""Formatting of dates, numbers and names of languages and time zones, and text direction, by the Unicode
Consortium's CLDR (by way of Babel). A language that CLDR does not know is formatted like the site's default
language."""

import datetime
import re
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_location
from babel.numbers import format_decimal
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

# The variants of languages that the United Nations use.
FORMS = {"en": "en-gb"}
RTL_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}
# The digit zero of numbering systems with their own digits.
NOUGHTS = {"arab": "\u0660", "arabext": "\u06f0"}
# Names that CLDR lacks or spells differently from the country. Keys: language named, language of the name.
NAMES = {("fa-af", "tg"): "дарӣ", ("tg", "fa-af"): "تاجیکی"}
# Formats of dates that CLDR has only in a form for tables: "30 Июл 2027" in place of "30 июли соли 2027".
DATES_IN_WORDS = {"tg": "{day} {month}и соли {year}"}


@cache
def locale_of(code: str) -> Locale:
    """Return Babel's locale of a language, else of its base language, else of the site's default language."""
    return _known(code) or _known(code.split("-")[0]) or Locale.parse(to_locale(settings.LANGUAGE_CODE))


@cache
def direction(code: str) -> str:
    """Return "ltr" or "rtl", by the script in the code (as in az-Arab) or else by the language."""
    if RTL_SCRIPTS & set(code.lower().split("-")[1:]):
        return "rtl"
    return locale_of(code).text_direction


def numerals(text: object, code: str) -> str:
    """Return a text with its ASCII digits replaced by those of the language: ۲۰۲۴ in Dari."""
    return str(text).translate(_digits(code))


def long_date(date: datetime.date, code: str) -> str:
    """Return a date in the words and digits of a language: 16 August 2024. An aware datetime is converted to the
    site's time zone."""
    if isinstance(date, datetime.datetime) and timezone.is_aware(date):
        date = timezone.localtime(date)
    if words := DATES_IN_WORDS.get(code):
        month = locale_of(code).months["format"]["wide"][date.month].lower()
        return words.format(day=date.day, month=month, year=date.year)
    # Plain spaces, as many mail programs draw CLDR's narrow no-break space as a box.
    return numerals(format_date(date, "long", locale_of(code)), code).replace("\u202f", " ")


def long_datetime(moment: datetime.datetime, code: str) -> str:
    """Return an aware datetime in the site's time zone in words, with the time: 16 August 2024, 14:05."""
    return f"{long_date(moment, code)}{comma(code)} {time_of_day(timezone.localtime(moment).time(), code)}"


def time_of_day(time: datetime.time, code: str) -> str:
    """Return a time in the short format and the digits of a language: 14:05."""
    return numerals(format_time(time, "short", locale=locale_of(code)), code)


def zone_in_words(zone: str, code: str) -> str:
    """Return the name of a time zone by its city in the language `code`, such as “Time of Dushanbe”; zones without
    a city, such as UTC, are returned as they are."""
    if "/" not in zone or zone.startswith("Etc/"):
        return zone
    # Translators: in Dari the name of the city is also that of Monday; say that it is a city.
    city = get_timezone_location(zone, locale=locale_of(code), return_city=True)
    return _("Time of %(city)s") % {"city": city}


def range_in_words(first: str, last: str, code: str) -> str:
    """Return a range of two formatted values in the format of the language: 8:00–20:00, ۸:۰۰ تا ۲۰:۰۰."""
    pattern = locale_of(code).interval_formats.get(None, "{0}–{1}")
    return re.sub(r"\s*–\s*", "–", pattern).format(first, last)


def language_name(named: str, code: str) -> str:
    """Return the name of the language `named` in the language `code`: from NAMES or CLDR, otherwise in the site's
    default language, otherwise the language's own name, otherwise its code."""
    if name := NAMES.get((named, code)):
        return name
    key, own = to_locale(named), dict(settings.LANGUAGES).get(named)
    for known in (locale_of(code), locale_of(settings.LANGUAGE_CODE)):
        if name := known.languages.get(key) or (None if own else known.languages.get(key.split("_")[0])):
            return name
    return str(own or named)


def number(value: Decimal | int, code: str) -> str:
    """Return a number with the separators and digits of the language."""
    return numerals(format_decimal(value, locale=locale_of(code), numbering_system="default"), code)


def percent(value: Decimal, code: str) -> str:
    """Return a percentage (45 for 45 %), rounded to a whole number, with the digits and the sign of the language:
    45 %."""
    known = locale_of(code)
    symbols = known.number_symbols.get(known.default_numbering_system, {})
    return f"{number(round(value), code)} {symbols.get('percentSign', '%')}"


@cache
def comma(code: str) -> str:
    """Return the comma that the language uses in lists: "," or "،"."""
    return "،" if "،" in locale_of(code).list_patterns["standard"]["middle"] else ","


@cache
def _digits(code: str) -> dict[int, str]:
    """Return the table for `str.translate` from ASCII digits to those of the language; empty if these are
    ASCII."""
    nought = NOUGHTS.get(locale_of(code).default_numbering_system)
    return {ord("0") + n: chr(ord(nought) + n) for n in range(10)} if nought else {}


def _known(code: str) -> Locale | None:
    try:
        return Locale.parse(to_locale(FORMS.get(code, code)))
    except (UnknownLocaleError, ValueError):
        return None
