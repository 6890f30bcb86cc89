"""Telephone numbers as people type them, and as a `tel:` link holds them."""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_DIGITS, MOST_DIGITS = 2, 15
"""The longest number by ITU-T E.164; the shortest are service numbers."""

_ALLOWED = re.compile(r"\+?[0-9 ()./-]+")
_SEPARATORS = re.compile(r"[,;،؛\n/|]| {2,}|(?<=[0-9)]) *\+")
_NUMBER = re.compile(r"\+?[0-9(][0-9 ().-]*[0-9]")
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


@dataclass(frozen=True)
class Number:
    """`shown` has ASCII digits grouped as they were typed; `tel` has digits and a leading + only."""

    shown: str
    tel: str


def parse(typed: str) -> Number:
    """Return the one number that was typed, in whatever digits. Raise ValidationError for none, for two, and for
    words beside it."""
    text = ascii_digits(typed).strip()
    if len(_with_digits(text)) > 1:
        raise ValidationError(_("These are several numbers. Make a helpline of each."), code="several")
    text = " ".join(text.split())
    if not _ALLOWED.fullmatch(text):
        raise ValidationError(
            _("Type the number only: digits, spaces, hyphens, brackets, a leading +. Words belong in the note."),
            code="words",
        )
    digits = re.sub(r"[^0-9]", "", text)
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise ValidationError(
            _("A telephone number has %(fewest)s to %(most)s digits."),
            code="digits",
            params={"fewest": FEWEST_DIGITS, "most": MOST_DIGITS},
        )
    return Number(text, f"+{digits}" if text.startswith("+") else digits)


def found_in(text: str) -> list[Number]:
    """Return the numbers in a text that may hold several of them and words: “1313 (free), 1414”."""
    found = []
    for part in _with_digits(ascii_digits(text)):
        for match in _NUMBER.finditer(part):
            try:
                found.append(parse(match.group().strip(" .-")))
            except ValidationError:
                continue
    return found


def ascii_digits(text: str) -> str:
    """Return the text with ASCII digits, hyphens and spaces, without marks of direction."""
    normal = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    return "".join(
        str(unicodedata.digit(character)) if unicodedata.category(character) == "Nd" else character
        for character in normal
        if unicodedata.category(character) != "Cf"
    )


def _with_digits(text: str) -> list[str]:
    """The parts of a text between separators that hold a digit; a + inside begins a new number."""
    marked = re.sub(r"(?<=[0-9)]) *\+", ";+", text)
    return [part for part in _SEPARATORS.split(marked) if any(character.isdigit() for character in part)]
