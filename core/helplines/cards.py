"""The values that templates draw of a helpline, in the active language. Needs no database, as error pages draw
helplines too."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils import timezone

from core.helplines import hours, numbers
from core.languages.cldr import comma, language_name, zone_in_words
from core.languages.site_languages import Words, active_code, chain


class Stored(Protocol):
    """An object with the fields of `core.helplines.models.Helpline`."""

    number: str
    hours: dict[str, Any]
    exceptions: list[dict[str, Any]]
    time_zone: str
    languages: list[str]
    texts: dict[str, dict[str, str]]


@dataclass(frozen=True)
class HelplineCard:
    """The texts of a helpline for templates. `schedule` holds the opening hours as JSON for static/js/helpline.js,
    empty if they are not known; `data` holds the same as a dict, and the languages spoken."""

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
    """Return the card of a helpline in the active language, with the exceptions of the two weeks from `today` (by
    default the local date). Without a name its number is the name. Raise ValidationError if the stored number has
    too few or too many digits."""
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
        zone=zone_in_words(helpline.time_zone, code) if is_known else "",
        languages=spoken(helpline.languages, code),
        schedule=json.dumps(data, separators=(",", ":")) if is_known else "",
        data=data | {"languages": list(helpline.languages)},
    )


def spoken(codes: Iterable[str], code: str) -> str:
    """Return the names of the languages `codes` in the language `code`, with commas between and the first letter
    capitalised: “Tajik, Russian”."""
    text = f"{comma(code)} ".join(language_name(each, code) for each in codes)
    return text[:1].upper() + text[1:]


def _words(texts: dict[str, dict[str, str]], name: str, code: str) -> Words | None:
    """Return the text `name` in the language `code` or the first fallback language that has it; None if none
    has."""
    for known in chain(code):
        if text := texts.get(known, {}).get(name):
            return Words(text=text, code=known)
    return None
