"""The dateline: where and when, at the head of a story's first paragraph.

"Romit, Tajikistan, August 16, 2024 - …", "Bishkek/Astana, 30 May 2025 – …", "Almaty - …",
"Dushanbe, 31.03.2016. (Agency) – …", "[Dushanbe, 16 August 2024] – …", "Душанбе, 12 августа 2024 г. – …", or on a
line of its own.
"""

import datetime
import re
from collections.abc import Set
from dataclasses import dataclass

from campaigns.importer.dates import FoundDate, find_date
from campaigns.importer.draft import DraftPlace
from campaigns.importer.places import is_country, parse_places

HEAD_LENGTH = 200
MAX_SENTENCE = 1000
SHORTEST_PARAGRAPH = 40

_DASHES = "-‐‑‒–—―−"
_AGENCY = r"(?:\([^()]{1,40}\)|/[^/]{1,40}/)"
_CAPITALS = r"[^\W\d_a-zа-яё]{2,20}(?:\.[^\W\d_a-zа-яё]{2,3})?(?=\s)"
# A hyphen parts the dateline from the text only with a space beside it: Jalal-Abad is one word.
_SEPARATOR = rf"(?:\s+[{_DASHES}]{{1,3}}\s*|[–—―]\s*|[{_DASHES}]{{1,3}}(?:\s+|$))"
_OPENING = r"[^\W\d_]|[“\"«]"
# After a date a hyphen may touch the text as well.
_TOUCHING = rf"[{_DASHES}]{{1,3}}(?={_OPENING})"
_AFTER_DATE = re.compile(
    rf"[\s.,)]{{0,6}}(?:{_AGENCY}|{_CAPITALS})?[\s.,]{{0,6}}(?:{_SEPARATOR}|{_TOUCHING}|[:|]\s*|$)"
)
_FULL_STOP_AFTER_DATE = re.compile(rf"\s?\.\s+(?={_OPENING})")
_DATE_FIRST = re.compile(rf"[\s.,|/]{{1,6}}(?P<places>[^\d.]{{2,80}}?){_SEPARATOR}")
_BRACKETS = re.compile(r"\[(?P<inside>[^\[\]]{2,120})\](?P<rest>.*)", re.DOTALL)
_UNDATED = re.compile(rf"(?P<places>[^\d:!?]{{2,90}}?)(?:\s*(?P<agency>{_AGENCY}))?[\s.,]{{0,6}}{_SEPARATOR}")
# Strokes stand around an agency only where what they enclose ends the places: in Bishkek/Osh/Naryn they part.
_PARENTHESES = re.compile(r"\(([^()/]{1,40})\)|(?<!\S)/(?=\S)([^()/]{1,40})(?<=\S)/(?=[\s.,]*$|\s*[.,])")
_ENDS_LIKE_TEXT = re.compile(r"[.!?…:;][\"”»’)]*$")
_DAY_IN_SENTENCE = re.compile(
    r"\b(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|on|сегодня|вчера|имрӯз|дирӯз)[,\s(—–-]{1,4}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dateline:
    places: tuple[DraftPlace, ...]
    date: datetime.date | None
    text: str
    """What follows it on its line."""
    doubt: str = ""


def parse_dateline(line: str, words: Set[str] = frozenset()) -> Dateline | None:
    """words: the words that the story writes with a small letter. None of them is the name of a place."""
    line = _without_brackets(line)
    found = find_date(line[:HEAD_LENGTH])
    if found and (dateline := _dated(line, found)):
        alone = dateline.places and not dateline.text
        return None if alone and _are_common_words(dateline.places, words) else dateline
    return _undated(line, words)


def _without_brackets(line: str) -> str:
    """What stands in brackets with a date ends there, whether or not a dash follows."""
    match = _BRACKETS.match(line)
    if match is None:
        return line
    inside, rest = match["inside"].strip(), match["rest"].lstrip(" .,")
    is_parted = not rest or rest[0] in f"{_DASHES}:|"
    return f"{inside} {rest}" if is_parted or not find_date(inside) else f"{inside} – {rest}"


def _dated(line: str, found: FoundDate) -> Dateline | None:
    before, after = line[: found.start], line[found.end :]
    end = _AFTER_DATE.match(after) or _FULL_STOP_AFTER_DATE.match(after)
    if not before.strip():
        place_first = _DATE_FIRST.match(after)
        if place_first and (places := parse_places(place_first["places"])):
            return Dateline(places, found.date, after[place_first.end() :], found.doubt)
        return Dateline((), found.date, after[end.end() :], found.doubt) if end else None
    before = before.rstrip(f" {_DASHES}")
    places = parse_places(_PARENTHESES.sub(_country_in_parentheses, before))
    if not (end and places):
        return None
    return Dateline(places, found.date, after[end.end() :], found.doubt)


def _country_in_parentheses(match: re.Match[str]) -> str:
    """Khorog (Tajikistan); whatever else stands there is the agency."""
    inside = match[1] or match[2]
    return f", {inside}" if is_country(inside) else ""


def _undated(line: str, words: Set[str]) -> Dateline | None:
    match = _UNDATED.match(line[:HEAD_LENGTH])
    agency = _PARENTHESES.sub(_country_in_parentheses, match["agency"] or "") if match else ""
    places = parse_places(match["places"] + agency) if match else ()
    if not places:
        return None
    text = line[match.end() :]
    opening = text.lstrip('"“«„‘([ ')[:1]
    is_text = len(text) > HEAD_LENGTH or (len(text) >= SHORTEST_PARAGRAPH and _ENDS_LIKE_TEXT.search(text[-5:]))
    if text and (opening.islower() or not is_text):
        return None
    return None if _are_common_words(places, words) else Dateline(places, None, text)


def _are_common_words(places: tuple[DraftPlace, ...], words: Set[str]) -> bool:
    if any(place.country or is_country(place.name) for place in places):
        return False
    return {word for place in places for word in place.name.lower().split()} <= words


def is_date_alone(line: str) -> bool:
    dateline = parse_dateline(line) if len(line) <= 80 else None
    return dateline is not None and not dateline.text and not dateline.places


def date_in_sentence(sentence: str) -> FoundDate | None:
    """The day that a first sentence speaks of: "… yesterday, 14 June 2023"."""
    found = find_date(sentence[:MAX_SENTENCE])
    if found and found.date and _DAY_IN_SENTENCE.search(sentence[: found.start][-30:]):
        return found
    return None
