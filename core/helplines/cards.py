"""A helpline as it is drawn, in the active language. Needs no database: error pages draw it as well."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils import timezone, translation

from core.helplines import hours, numbers
from core.languages.cldr import comma, language_name
from core.languages.site_languages import Words, active_code, chain


class Stored(Protocol):
    """The fields of `core.models.Helpline`."""

    number: str
    hours: dict[str, Any]
    exceptions: list[dict[str, Any]]
    time_zone: str
    languages: list[str]
    texts: dict[str, dict[str, str]]


@dataclass(frozen=True)
class HelplineCard:
    """`schedule` is the JSON that static/js/helpline.js reads, empty where the hours are not known."""

    name: Words
    note: Words | None
    number: str
    tel: str
    hours: list[str]
    exceptions: list[str]
    zone: str
    languages: str
    schedule: str
    data: dict[str, Any]


def card(helpline: Stored, today: datetime.date | None = None) -> HelplineCard:
    code, today = active_code(), today or timezone.localdate()
    number = numbers.dialled(helpline.number)
    data = hours.schedule(helpline.hours, helpline.exceptions, helpline.time_zone, today)
    is_known = bool(helpline.hours)
    return HelplineCard(
        name=_words(helpline.texts, "name", code) or Words(text=number.shown, code=code),
        note=_words(helpline.texts, "note", code),
        number=number.shown,
        tel=number.tel,
        hours=hours.week_in_words(helpline.hours, code),
        exceptions=hours.exceptions_in_words(helpline.exceptions, code, today),
        zone=hours.zone_in_words(helpline.time_zone, code) if is_known else "",
        languages=spoken(helpline.languages, code),
        schedule=json.dumps(data, separators=(",", ":")) if is_known else "",
        data=data | {"languages": list(helpline.languages)},
    )


def card_in(code: str, helpline: Stored) -> HelplineCard:
    with translation.override(code):
        return card(helpline)


def spoken(codes: Iterable[str], code: str) -> str:
    """Return the names of languages in a language: “Tajik, Russian”."""
    text = f"{comma(code)} ".join(language_name(each, code) for each in codes)
    return text[:1].upper() + text[1:]


def _words(texts: dict[str, dict[str, str]], name: str, code: str) -> Words | None:
    for known in chain(code):
        if text := texts.get(known, {}).get(name):
            return Words(text=text, code=known)
    return None
