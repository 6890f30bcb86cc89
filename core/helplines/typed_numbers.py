"""Telephone numbers that were typed into texts, which therefore do not change when a helpline does."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from core.helplines.changes import ACTION
from core.helplines.models import Helpline
from core.helplines.numbers import FEWEST_DIGITS, FEWEST_OF_WHOLE, MOST_DIGITS, ascii_digits, dialled
from core.typed import Translatable

MOST_GROUPS = 8
"""Most groups of digits that one number is written in."""
COUNTRY = "992"
"""The country code of numbers that are typed without one."""
_TRUNK = ("0", "8")

_MAY_HOLD_ONE = re.compile(r"\d(?:\D{0,3}\d){2}")
_RUN = re.compile(r"[0-9]+(?:[ ().\-/]{1,3}[0-9]+)*")

Finder = Callable[[Collection[str]], list[Translatable]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Register, once, a function that searches texts for telephone numbers. It takes the spellings of a number
    (see `spellings`) and returns the live pages and snippets, in all languages, whose text has one of them."""
    if finder not in _finders:
        _finders.append(finder)


def numbers_typed(text: str) -> set[str]:
    """Return the digits of each number of FEWEST_DIGITS to MOST_DIGITS digits that a text may contain, written in
    digits of any script and with any usual separators, and of each part of such a number. For “44 600-12-34” and
    “446001234” the last FEWEST_OF_WHOLE digits (6001234) are returned too."""
    found = set()
    for line in text.splitlines():
        if not _MAY_HOLD_ONE.search(line):
            continue
        for run in _RUN.finditer(ascii_digits(line)):
            groups = re.findall(r"[0-9]+", run.group())
            for start in range(len(groups)):
                digits = ""
                for group in groups[start : start + MOST_GROUPS]:
                    digits += group
                    if len(digits) > MOST_DIGITS:
                        break
                    if len(digits) >= FEWEST_DIGITS:
                        found |= {digits, digits[-FEWEST_OF_WHOLE:]}
    return found


def spellings(number: str) -> set[str]:
    """Return the digits by which a number can be dialled: as it is typed, with and without country code (COUNTRY),
    without a leading 0 or 8, and its last FEWEST_OF_WHOLE digits. A short number has one spelling. Empty if
    `number` has too few or too many digits for a number."""
    try:
        digits = dialled(number).tel.lstrip("+")
    except ValidationError:
        return set()
    found = {digits}
    if len(digits) >= FEWEST_OF_WHOLE:
        found.add(digits.removeprefix(COUNTRY))
    found |= {each[1:] for each in found if each[0] in _TRUNK and len(each) > FEWEST_OF_WHOLE}
    found |= {COUNTRY + each for each in found if len(each) >= FEWEST_OF_WHOLE and not each.startswith(COUNTRY)}
    found |= {each[-FEWEST_OF_WHOLE:] for each in found if len(each) > FEWEST_OF_WHOLE}
    return {each for each in found if FEWEST_DIGITS <= len(each) <= MOST_DIGITS}


def former_numbers() -> list[str]:
    """Return the numbers that helplines had and none has now in any spelling, as they were typed, the latest
    change first (two queries)."""
    current = {each for number in Helpline.objects.values_list("number", flat=True) for each in spellings(number)}
    entries = ModelLogEntry.objects.filter(action=ACTION).order_by("-timestamp")
    old = (entry["old"] for entry in entries.values_list("data", flat=True) if entry.get("old"))
    numbers = dict.fromkeys(each["number"] for each in old)
    return [number for number in numbers if not spellings(number) & current]


@dataclass(frozen=True)
class Typed:
    """A former number of a helpline and the live pages and snippets whose text contains it."""

    number: str
    rows: list[Translatable]


def typed_places(number: str) -> list[Translatable]:
    """Return the live pages and snippets whose own text contains a number in any spelling, each once."""
    digits = spellings(number)
    rows = [row for finder in _finders for row in finder(digits)] if digits else []
    return list(dict.fromkeys(rows))
