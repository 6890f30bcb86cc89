import datetime

from babel import Locale
from babel.dates import format_date, format_time
from django import template
from django.utils.translation import to_locale

from core.languages import active_code

register = template.Library()

# Of the forms of a language, the one that the United Nations write in.
FORMS = {"en": "en-gb"}
# CLDR has the dates of Tajik as they are set in a table: with a leading zero and the month with a capital.
IN_A_TABLE = {"tg"}


def _locale(code: str) -> Locale:
    return Locale.parse(to_locale(FORMS.get(code, code)))


@register.filter
def localdate(date: datetime.date | None, code: str = "") -> str:
    """16 August 2024, in the active language or the one asked for."""
    if not date:
        return ""
    code = code or active_code()
    text = format_date(date, "long", _locale(code))
    return text.lower().removeprefix("0") if code in IN_A_TABLE else text


@register.filter
def timeofday(time: datetime.time | None, code: str = "") -> str:
    return format_time(time, "short", locale=_locale(code or active_code())) if time else ""
