"""The differences between two states of a helpline in words, for the confirmation of a change and the mail about
it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.helplines import hours, numbers
from core.helplines.cards import spoken
from core.languages.cldr import long_date
from core.languages.site_languages import language


@dataclass(frozen=True)
class Difference:
    """One part of a helpline, such as the number, in the old and the new state. Also made for equal parts."""

    label: str
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


def differences(old: dict[str, Any] | None, new: dict[str, Any] | None) -> list[Difference]:
    """Return every part of a helpline in the states `old` and `new` (see `Helpline.state`), changed or not, with
    labels and values in the active language; name and note are a part for each language. A part that a state lacks
    is empty, as is every part of None; if both are None, there are no parts."""
    was, will = _in_words(old), _in_words(new)
    labels = dict.fromkeys([*was, *will])
    return [Difference(label, was.get(label, ""), will.get(label, "")) for label in labels]


def _in_words(state: dict[str, Any] | None) -> dict[str, str]:
    """Return the parts of a state in the active language, by label; empty for None."""
    if state is None:
        return {}
    code = get_language() or settings.LANGUAGE_CODE
    found = {
        _("Number"): state["number"],
        _("Dials"): _tel(state["number"]),
        _("Hours"): "\n".join(hours.week_in_words(state["hours"], code)),
        _("Exceptions"): "\n".join(_exception(each, code) for each in state["exceptions"]),
        _("Time zone"): state["time_zone"],
        _("Languages spoken"): spoken(state["languages"], code),
        _("The site's helpline"): _("yes") if state["is_primary"] else _("no"),
        _("Replaced by"): state.get("replaced_by") or "",
    }
    for known, text in state["texts"].items():
        name = language(known).name
        found[_("Name (%(language)s)") % {"language": name}] = text.get("name", "")
        found[_("Note (%(language)s)") % {"language": name}] = text.get("note", "")
    return found


def _tel(number: str) -> str:
    """Return the digits that are dialled, or "–": log entries may be older than the rules for numbers."""
    try:
        return numbers.dialled(number).tel
    except ValidationError:
        return "–"


def _exception(row: dict[str, Any], code: str) -> str:
    first, last = row["first"], row.get("last") or row["first"]
    days = " – ".join(long_date(datetime.date.fromisoformat(day), code) for day in dict.fromkeys([first, last]))
    return f"{days}: {row['opens']}–{row['closes']}" if row.get("opens") else f"{days}: {_('closed')}"
