"""What CLDR, the tables of the Unicode consortium, knows of a language, by way of Babel: how it writes dates and
numbers, and in which direction it runs. A language that it does not know is written as the site's own."""

import datetime
import re
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django.conf import settings
from django.utils import timezone
from django.utils.translation import to_locale

# Of the forms of a language, the one that the United Nations write in.
FORMS = {"en": "en-gb"}
RTL_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}
# The nought of those numbering systems that have digits of their own.
NOUGHTS = {"arab": "\u0660", "arabext": "\u06f0"}
# Names of languages that CLDR lacks or spells otherwise than the country does: language named, in which language.
NAMES = {("fa-af", "tg"): "дарӣ", ("tg", "fa-af"): "تاجیکی"}
# Dates in words where CLDR has them as they are set in a table: "30 Июл 2027" in place of "30 июли соли 2027".
DATES_IN_WORDS = {"tg": "{day} {month}и соли {year}"}


@cache
def locale_of(code: str) -> Locale:
    return _known(code) or _known(code.split("-")[0]) or Locale.parse(to_locale(settings.LANGUAGE_CODE))


@cache
def direction(code: str) -> str:
    """By the script that the code names, else by the language."""
    if RTL_SCRIPTS & set(code.lower().split("-")[1:]):
        return "rtl"
    return locale_of(code).text_direction


def numerals(text: object, code: str) -> str:
    """The text with its digits as the language writes them: ۲۰۲۴ in Dari."""
    return str(text).translate(_digits(code))


def long_date(date: datetime.date, code: str) -> str:
    """Return a date in words in a language: 16 August 2024. A moment counts in the site's time zone."""
    if isinstance(date, datetime.datetime) and timezone.is_aware(date):
        date = timezone.localtime(date)
    if words := DATES_IN_WORDS.get(code):
        month = locale_of(code).months["format"]["wide"][date.month].lower()
        return words.format(day=date.day, month=month, year=date.year)
    # Plain spaces, for mails: many programs draw the narrow one of CLDR as a box.
    return numerals(format_date(date, "long", locale_of(code)), code).replace("\u202f", " ")


def long_datetime(moment: datetime.datetime, code: str) -> str:
    """Return a moment in the site's time zone in words, with the time: 16 August 2024, 14:05."""
    return f"{long_date(moment, code)}{comma(code)} {time_of_day(timezone.localtime(moment).time(), code)}"


def time_of_day(time: datetime.time, code: str) -> str:
    return numerals(format_time(time, "short", locale=locale_of(code)), code)


def range_in_words(first: str, last: str, code: str) -> str:
    """Return a range as the language writes it: 8:00–20:00, ۸:۰۰ تا ۲۰:۰۰."""
    pattern = locale_of(code).interval_formats.get(None, "{0}–{1}")
    return re.sub(r"\s*–\s*", "–", pattern).format(first, last)


def language_name(named: str, code: str) -> str:
    """Return the name of a language in the language `code`, as the country spells it, else CLDR's in the site's
    own language, else the language's own name, else its code."""
    if name := NAMES.get((named, code)):
        return name
    key, own = to_locale(named), dict(settings.LANGUAGES).get(named)
    for known in (locale_of(code), locale_of(settings.LANGUAGE_CODE)):
        if name := known.languages.get(key) or (None if own else known.languages.get(key.split("_")[0])):
            return name
    return str(own or named)


def number(value: Decimal | int, code: str) -> str:
    return numerals(format_decimal(value, locale=locale_of(code), numbering_system="default"), code)


def percent(value: Decimal, code: str) -> str:
    known = locale_of(code)
    symbols = known.number_symbols.get(known.default_numbering_system, {})
    return f"{number(round(value), code)} {symbols.get('percentSign', '%')}"


@cache
def comma(code: str) -> str:
    return "،" if "،" in locale_of(code).list_patterns["standard"]["middle"] else ","


@cache
def _digits(code: str) -> dict[int, str]:
    nought = NOUGHTS.get(locale_of(code).default_numbering_system)
    return {ord("0") + n: chr(ord(nought) + n) for n in range(10)} if nought else {}


def _known(code: str) -> Locale | None:
    try:
        return Locale.parse(to_locale(FORMS.get(code, code)))
    except (UnknownLocaleError, ValueError):
        return None
