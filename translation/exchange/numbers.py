"""Comparison of the numbers in two texts, with ASCII or Eastern digits and any thousands and decimal
separators."""

import re
import unicodedata
from collections.abc import Iterator

SPACES = " \u00a0\u2009\u202f"
GROUPING = rf"[.,'’٬{SPACES}]"
GROUPED = re.compile(rf"(?<!\d)\d{{1,3}}(?:{GROUPING}\d{{3}})+(?:[.,٫]\d+)?(?!\d)")
PLAIN = re.compile(r"\d+(?:[.,٫]\d+)*")


def missing_and_added(source: str, target: str) -> tuple[list[str], list[str]]:
    """Return the numbers of the source that the target lacks, and those of the target that the source lacks, as
    they are written there. Two numbers are the same if they may mean the same value in some notation."""
    waiting = list(_figures(target))
    missing = []
    for written, meant in _figures(source):
        same = next((each for each in waiting if each[1] & meant), None)
        if same:
            waiting.remove(same)
        else:
            missing.append(written)
    return missing, [written for written, _meant in waiting]


def _figures(text: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each number as it is written, with the values that it may have: “1,500” is fifteen hundred in one
    language and one and a half in another."""
    ascii_text = "".join(_ascii(character) for character in text)
    place = 0
    while match := PLAIN.search(ascii_text, place):
        grouped = GROUPED.match(ascii_text, match.start())
        found = grouped if grouped and grouped.end() > match.end() else match
        yield text[found.start() : found.end()], _meanings(found[0])
        place = found.end()


def _ascii(character: str) -> str:
    """Return the ASCII digit for a decimal digit of any script, and other characters unchanged."""
    digit = unicodedata.digit(character, None) if character.isdecimal() else None
    return character if digit is None else str(digit)


def _meanings(written: str) -> set[str]:
    """Return the possible values of a number as strings of ASCII digits with a point before decimals, or the
    number as written if it cannot be read."""
    meanings = set()
    match = re.fullmatch(r"(.*?)(?:[.,٫](\d+))?", written, re.DOTALL)
    assert match is not None  # The pattern matches every string.
    whole, decimals = match.groups()
    if GROUPED.fullmatch(written) and (decimals is None or len(decimals) == 3):
        meanings.add(_digits(written))
    if decimals is None:
        meanings.add(_digits(written))
    elif whole.isdigit() or GROUPED.fullmatch(whole):
        fraction = decimals.rstrip("0")
        meanings.add(f"{_digits(whole)}.{fraction}" if fraction else _digits(whole))
    return meanings or {written}


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written).lstrip("0") or "0"
