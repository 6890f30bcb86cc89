"""What CLDR, the tables of the Unicode consortium, knows of a language, by way of Babel: how it writes dates and
numbers, and in which direction it runs. A language that it does not know is written as the site's own."""

from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from django.conf import settings
from django.utils.translation import to_locale

# Of the forms of a language, the one that the United Nations write in.
FORMS = {"en": "en-gb"}
RTL_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}
# The nought of those numbering systems that have digits of their own.
NOUGHTS = {"arab": "\u0660", "arabext": "\u06f0"}


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
