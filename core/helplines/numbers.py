"""Telephone numbers as people type them, and as `tel:` links hold them.

`parse` is strict, for numbers that editors type. `dialled` and `found_in` are lenient, for numbers that were
stored or written before and must be shown in any case.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_DIGITS, MOST_DIGITS = 3, 15
"""The longest numbers are those of ITU-T E.164, the shortest service numbers such as 112."""

FEWEST_OF_WHOLE = 7
"""A number with fewer digits is a short number, without groups and country code."""

MOST_NATIONAL = 10
"""Most digits of area code and subscriber number together, without a leading 0 or 8."""

_ALLOWED = re.compile(r"\+?[0-9 ()-]+")
_WITHOUT_WORDS = re.compile(r"\+?[0-9 ().-]+")
_SEPARATORS = re.compile(r"[,;،؛\n/|]| {2,}|(?<=[0-9)]) *\+")
_NUMBER = re.compile(r"\+?[0-9(][0-9 ().-]*[0-9]")
_EXTENSION = re.compile(
    r"(?:\bx(?=\.? ?[0-9])|\b(?:ext(?:ension)?|доб|внутр|дохилӣ|داخلی)\b\.?|#)\s*[0-9]+", re.IGNORECASE
)
_TIME_OR_DATE = re.compile(r"(?<![0-9])[0-9]{1,2}(?::[0-9]{2}|[./][0-9]{1,2}[./][0-9]{4})(?![0-9])")
_SHORT_HOUR = r"(?:[01]?[0-9]|2[0-4])"
_IN_HOURS = r"(?:[ap]\.?m|h|hours?|ч|час(?:а|ов)?|соат|соата|ساعت|ساعته)\b"
_IN_DAYS = r"(?:(?:days?|дн(?:я|ей)|рӯз|روز)\b|%)"
_LENGTH = re.compile(
    rf"(?<![0-9])(?:(?:{_SHORT_HOUR} ?- ?)?[0-9]{{1,2}} ?{_IN_HOURS}|[0-9]{{1,3}} ?{_IN_DAYS}|24 ?/ ?7(?![0-9]))",
    re.IGNORECASE,
)
"""24 hours, 8-20 часов, 10am, 24/7, 365 days, 100%; no short number before a word: “112 часто”."""
_HOURS = re.compile(rf"({_SHORT_HOUR}) ?- ?({_SHORT_HOUR})")
_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?: ?- ?(?:19|20)[0-9]{2})?")
_EXTRA = rf"{_SHORT_HOUR} ?- ?{_SHORT_HOUR}|{_YEARS.pattern}"
"""What is no part of a number although only a space parts them: hours, and years."""
_BEFORE_EXTRA = re.compile(rf"(.*[0-9)])(?: - | |-)(?:{_EXTRA})")
_AFTER_EXTRA = re.compile(rf"(?:{_EXTRA}) (.+)")
_HOUR = rf"{_SHORT_HOUR}\.[0-5][0-9]"
_CLOCK = re.compile(rf"(?<![0-9.+-]){_HOUR}(?: ?- ?{_HOUR})?(?![0-9.-])")
"""Hours with a full stop, which is in a number where other groups stand beside it."""
_REMARK = re.compile(r"\(([^()]*)\)( *[0-9+-]?)")
_TRUNK_ZERO = re.compile(r"^(\+[1-9][0-9]{0,2}[ -]?)\(0\)")
"""As in +992 (0)44 600 12 34, where the zero is dialled only within the country."""
_SHORT_IN_LIST = re.compile(r"[1-9][0-9]{2,5}")
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")

# Groups of digits as they are usual in the site's countries: 600-12-34, 44 600-12-34, (372) 21-23-45,
# 8 800 555-35-35, 0799 123 456. Dates and hours do not match.
_INTERNATIONAL = re.compile(
    r"\+[1-9][0-9]{0,2}(?:[ -]?\([0-9]{1,5}\)[ -]?|[ -])[0-9]+(?:[ -][0-9]+)*|\+[1-9][0-9]*"
)
_TRUNK = r"(?:[08][ -]?)?"
_SEVEN = r"(?:[0-9]{3}[ -][0-9]{2}[ -][0-9]{2}|[0-9]{3}[ -][0-9]{4}|[0-9]{7})"
_FIVE_OR_SIX = r"(?:[0-9]{1,2}[ -][0-9]{2}[ -][0-9]{2}|[0-9]{3}[ -][0-9]{3}|[0-9]{5,6})"
_LOCAL = re.compile(
    r"[0-9]{7,11}|"
    rf"{_SEVEN}|"
    rf"{_TRUNK}(?:\([08]?[2-9][0-9]{{1,4}}\)[ -]?|[2-9][0-9]{{1,4}}[ -]){_SEVEN}|"
    rf"{_TRUNK}(?:\([08]?[2-9][0-9]{{2,4}}\)[ -]?|[2-9][0-9]{{2,4}}[ -]){_FIVE_OR_SIX}"
)


@dataclass(frozen=True)
class Number:
    """A telephone number. `shown` has ASCII digits grouped as typed; `tel` only digits and an optional leading
    +."""

    shown: str
    tel: str


def parse(typed: str) -> Number:
    """Return the number that was typed, in digits of any script: a short one (1313), a local one, or one with +
    and country code. Raise ValidationError for no number, several numbers, additional words, dates, hours, and too
    few or too many digits."""
    text = ascii_digits(typed).strip()
    if len(_with_digits(text)) > 1 or _is_list(text):
        raise ValidationError(
            _("Enter one number, with its digits together. Create a separate helpline for each further number."),
            code="several",
        )
    text = " ".join(text.split())
    if not _ALLOWED.fullmatch(text):
        raise ValidationError(
            _("Enter only the number: digits, spaces, hyphens, brackets, a leading +. Put words in the note."),
            code="words",
        )
    number = _number(text)
    if not _is_dialled(text):
        raise ValidationError(
            _("Enter a valid telephone number, for example: 1313, 44 600-12-34, +992 44 600 12 34."),
            code="form",
        )
    return number


def dialled(stored: str) -> Number:
    """Return a stored number, which `parse` may refuse today. Raise ValidationError if it has fewer than
    FEWEST_DIGITS or more than MOST_DIGITS digits."""
    return _number(" ".join(ascii_digits(stored).split()))


def found_in(text: str) -> list[Number]:
    """Return the numbers in a text that may have several of them and words, such as “1313 (free), 1414”.
    Extensions, dates and hours are left out, and so are years where there is another number. Empty if there is
    none."""
    text = _LENGTH.sub(";", _EXTENSION.sub(" ", ascii_digits(text)))
    text = _REMARK.sub(_without_remark, text)
    found: list[Number] = []
    years: list[Number] = []
    for part in _with_digits(_CLOCK.sub(";", _TIME_OR_DATE.sub(";", text))):
        for match in _NUMBER.finditer(part):
            written = _without_extra(match.group().strip(" .-"))
            for each in re.findall(r"[0-9]+", written) if _is_list(written) else [written]:
                with suppress(ValidationError):
                    (years if _YEARS.fullmatch(each) else found).append(dialled(each))
    return found or years


def _without_extra(written: str) -> str:
    """Return a run of digits without the hours or years that stand before or behind a whole number, and nothing of
    hours alone."""
    hours = _HOURS.fullmatch(written)
    if hours and int(hours[1]) < int(hours[2]):
        return ""
    if not _is_dialled(written):
        for pattern in (_BEFORE_EXTRA, _AFTER_EXTRA):
            if (found := pattern.fullmatch(written)) and _is_dialled(found[1]):
                return found[1]
    return written


def _without_remark(match: re.Match[str]) -> str:
    """Return the replacement of a group in brackets: the same text if the group belongs to a number, such as an
    area code; otherwise without hours: (24/7), (9-17)."""
    inside, following = match.groups()
    if any(character.isalpha() for character in inside):
        return f";{inside};{following}"
    if re.search(r"[^0-9 +-]", inside):
        return f";{following}"
    if following.strip() or match.string[: match.start()].strip()[-1:] not in set("0123456789"):
        return match.group()
    return f";{inside}" if _is_dialled(inside.strip()) else ";"


def ascii_digits(text: str) -> str:
    """Return the text in Unicode form NFKC with ASCII digits and hyphens, and without invisible format
    characters."""
    normal = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    return "".join(
        str(unicodedata.digit(character)) if unicodedata.category(character) == "Nd" else character
        for character in normal
        if unicodedata.category(character) != "Cf"
    )


def _number(text: str) -> Number:
    """Return the number of a normalized text. Raise ValidationError if it has too few or too many digits."""
    digits = re.sub(r"[^0-9]", "", _TRUNK_ZERO.sub(r"\1", text))
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise ValidationError(
            _("A telephone number has %(fewest)s to %(most)s digits."),
            code="digits",
            params={"fewest": FEWEST_DIGITS, "most": MOST_DIGITS},
        )
    return Number(text, f"+{digits}" if text.startswith("+") else digits)


def _is_dialled(text: str) -> bool:
    """Return whether a text has the form of a number that can be dialled. A short number must not consist of zeros
    alone."""
    digits = re.sub(r"[^0-9]", "", text)
    if text.startswith("+"):
        return FEWEST_OF_WHOLE <= len(digits) <= MOST_DIGITS and _INTERNATIONAL.fullmatch(text) is not None
    if len(digits) < FEWEST_OF_WHOLE:
        return text == digits and digits.strip("0") != ""
    is_national = len(digits) - (digits[0] in "08") <= MOST_NATIONAL
    return is_national and _LOCAL.fullmatch(text) is not None


def _is_list(text: str) -> bool:
    """Return whether a text is a list of short numbers, such as “1313 1414” or “112 102 103”. After a + a first
    group of up to three digits is a country code."""
    groups = re.findall(r"[0-9]+", text)
    if len(groups) < 2 or not _WITHOUT_WORDS.fullmatch(text) or (text.startswith("+") and len(groups[0]) <= 3):
        return False
    return all(_SHORT_IN_LIST.fullmatch(group) for group in groups)


def _with_digits(text: str) -> list[str]:
    """Return the parts of a text between separators that contain a digit; a + within the text begins a new
    part."""
    marked = re.sub(r"(?<=[0-9)]) *\+", ";+", text)
    return [part for part in _SEPARATORS.split(marked) if any(character.isdigit() for character in part)]
