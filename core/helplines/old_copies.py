"""Parsing of helplines that were stored as free text within pages; used only by the migration to the model."""

import re
from dataclasses import dataclass, field
from typing import Any

from core.helplines import numbers
from core.helplines.hours import WEEK
from core.languages.cldr import locale_of

NAMES = ("name", "number", "hours", "languages", "note")

_TIME = re.compile(r"(?<![0-9:])([01]?[0-9]|2[0-4])[:.]([0-5][0-9])(?![0-9:])")
# “Every day” and “around the clock” in the languages of the site.
_DAILY = re.compile(r"every ?day|daily|ежедневно|каждый день|ҳар рӯз|هر ?روز|همه ?روزه", re.IGNORECASE)
_ALWAYS = re.compile(r"24\s*/\s*7|around the clock|круглосуточно|шабонарӯзӣ|شبانه ?روزی", re.IGNORECASE)
_DAY_NUMBERS = re.compile(r"[0-9]")


@dataclass
class Copy:
    """The texts of one old helpline in one language. `found` are the numbers in `number`."""

    code: str
    name: str = ""
    number: str = ""
    hours: str = ""
    languages: str = ""
    note: str = ""
    found: list[numbers.Number] = field(init=False)

    def __post_init__(self) -> None:
        self.found = numbers.found_in(self.number)

    @property
    def week(self) -> dict[str, Any] | None:
        """The hours for `Helpline.hours`, or None if the text is not understood."""
        return week_from(self.hours)

    @property
    def codes(self) -> list[str] | None:
        """The codes of the languages spoken, or None if the text is not understood."""
        return languages_from(self.languages, self.code)

    @property
    def remark(self) -> str:
        """The note, followed by all texts that were not understood and so fit no other field."""
        is_plain = len(self.found) == 1 and _digits(self.number) == _digits(self.found[0].shown)
        beside = self.number if not is_plain or re.search(r"[^\W\d_]", self.number) else ""
        rest = ["" if self.week else self.hours, "" if self.codes else self.languages, beside]
        return " · ".join(part.strip() for part in [self.note, *rest] if part.strip())


def week_from(text: str) -> dict[str, Any] | None:
    """Return the hours (see `core.helplines.hours`) of a text that says the same for every day or “around the
    clock”; None for any other text."""
    plain = numbers.ascii_digits(text).replace("\u2013", "-")
    if _ALWAYS.search(plain) and not _DAY_NUMBERS.search(_ALWAYS.sub("", plain)):
        return {day: {"opens": "00:00", "closes": "00:00"} for day in WEEK}
    times = [f"{int(hour) % 24:02}:{minute}" for hour, minute in _TIME.findall(plain)]
    if len(times) != 2 or not _DAILY.search(plain) or _DAY_NUMBERS.search(_TIME.sub("", plain)):
        return None
    return {day: {"opens": times[0], "closes": times[1]} for day in WEEK}


def languages_from(text: str, code: str) -> list[str] | None:
    """Return the codes of the languages that a text in the language `code` names. Return None if it names none, or
    if one of the names is unknown."""
    known = {name.casefold(): each for each, name in reversed(list(locale_of(code).languages.items()))}
    names = [part.strip().casefold() for part in re.split(r"[,،;]| و | and ", text) if part.strip()]
    codes = [known.get(name) for name in names]
    return [each.replace("_", "-").lower() for each in codes if each] if codes and all(codes) else None


def _digits(text: str) -> str:
    return re.sub(r"[^0-9+]", "", numbers.ascii_digits(text))
