import datetime

from babel.dates import format_date, format_time
from django import template

from core.cldr import locale_of, numerals
from core.languages import active_code

register = template.Library()

# CLDR has the dates of Tajik as they are set in a table: with a leading zero and the month with a capital.
IN_A_TABLE = {"tg"}


@register.filter
def localdate(date: datetime.date | None, code: str = "") -> str:
    """16 August 2024, in the active language or the one asked for."""
    if not date:
        return ""
    code = code or active_code()
    text = numerals(format_date(date, "long", locale_of(code)), code)
    return text.lower().removeprefix("0") if code in IN_A_TABLE else text


@register.filter
def timeofday(time: datetime.time | None, code: str = "") -> str:
    code = code or active_code()
    return numerals(format_time(time, "short", locale=locale_of(code)), code) if time else ""


@register.filter
def digits(value: object, code: str = "") -> str:
    """A year, a count or words with numbers among them, as the language writes digits, and never 2,024."""
    return numerals("" if value is None else value, code or active_code())
