"""Recognition of the dateline: place and date at the start of a story's first paragraph.

"Romit, Tajikistan, August 16, 2024 - …", "Bishkek/Astana, 30 May 2025 – …", "Almaty - …",
"Dushanbe, 31.03.2016. (Agency) – …", "IOM – Dushanbe: …", "Душанбе. /Агентство/ …",
"[Dushanbe, 16 August 2024] – …",
"Душанбе, 12 августа 2024 г. – …", or on a line of its own.
"""

import datetime
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from campaigns.importer.agencies import LONGEST as LONGEST_AGENCY
from campaigns.importer.agencies import is_acronym, is_agency, is_known_agency, is_named_agency
from campaigns.importer.dates import FoundDate, find_date
from campaigns.importer.draft import DraftPlace
from campaigns.importer.places import is_country, is_known, parse_places

HEAD_LENGTH = 200
MAX_SENTENCE = 1000
SHORTEST_PARAGRAPH = 40
FEWEST_WORDS = 3

_DASHES = "-‐‑‒–—―−"
_QUOTED = r"(?:[^\W\d_]{2,15}\s)?[«\"“„][^«»\"“”„]{2,40}[»\"”]"
_AGENCY = rf"(?:\([^()]{{1,40}}\)|/[^/]{{1,40}}/|{_QUOTED})"
_CAPITALS = r"[^\W\d_a-zа-яё]{2,20}(?:\.[^\W\d_a-zа-яё]{2,3})?(?=\s)"
# A hyphen separates the dateline from the text only with a space beside it: Jalal-Abad is one word.
_SEPARATOR = rf"(?:\s+[{_DASHES}]{{1,3}}\s*|[–—―]\s*|[{_DASHES}]{{1,3}}(?:\s+|$))"
_OPENING = r"[^\W\d_]|[“\"«]"
# After a date, a hyphen without spaces separates, too.
_TOUCHING = rf"[{_DASHES}]{{1,3}}(?={_OPENING})"
_AFTER_DATE = re.compile(
    rf"[\s.,،)]{{0,6}}(?:{_AGENCY}|{_CAPITALS})?[\s.,،]{{0,6}}(?:{_SEPARATOR}|{_TOUCHING}|[:|]\s*|$)"
)
_FULL_STOP_AFTER_DATE = re.compile(
    rf"(?:\)?\s?\.\s+|[\s.,]{{0,3}}(?:\([^()]{{1,40}}\)|/[^/]{{1,40}}/)\s?[.:]?\s+)(?={_OPENING})"
)
# After a known place, a colon, a full stop or a vertical bar is enough.
_WEAKLY_PARTED = [
    re.compile(
        rf"(?P<places>(?:[гшс]\.\s?)?[^\d:!?.]{{2,80}}?)(?:[\s.,،]{{0,3}}(?P<agency>{_AGENCY}))?\s?{mark}\s+"
        rf"(?=\W{{0,2}}(?:{_OPENING}|\d))"
    )
    for mark in ("[.:]", r"\|")
]
_AFTER_AGENCY = re.compile(
    rf"[:.,،|)\]/»”\"]\s*(?:[{_DASHES}]{{1,3}}\s*)?|\s+[{_DASHES}]{{1,3}}\s*|\s+(?=[^\W\d_])"
)
_DATE_FIRST = re.compile(rf"[\s.,،|/]{{1,6}}(?P<places>[^\d.]{{2,80}}?){_SEPARATOR}")
_BRACKETS = re.compile(r"(?:\[(?P<square>[^\[\]]{2,120})\]|\((?P<round>[^()]{2,120})\))(?P<rest>.*)", re.DOTALL)
_UNDATED = re.compile(rf"(?P<places>[^\d:!?]{{2,90}}?)(?:\s*(?P<agency>{_AGENCY}))?[\s.,]{{0,6}}{_SEPARATOR}")
# Slashes enclose an agency only at the end of the places: in Bishkek/Osh/Naryn they separate places.
_PARENTHESES = re.compile(r"\(([^()/]{1,40})\)|(?<!\S)/(?=\S)([^()/]{1,40})(?<=\S)/(?=[\s.,]*$|\s*[.,])")
_AGENCY_FIRST = re.compile(
    rf"(?:\((?P<round>[^()]{{1,40}})\)|/(?P<slashes>[^/]{{1,40}})/)\s?[.:,]?(?:\s*[{_DASHES}]{{1,3}})?(?:\s+|$)"
    rf"(?={_OPENING}|\d|$)|(?P<bare>[^.:,()/]{{2,40}}?)\s?\.(?:\s*[{_DASHES}]{{1,3}})?(?:\s+(?={_OPENING}|\d)|$)"
)
_ENDS_LIKE_SENTENCE = re.compile(r"[.!…۔][\"”»’)]*$")
_ENDS_LIKE_TEXT = re.compile(r"[.!?…:;؟۔][\"”»’)]*$")
_DAY_IN_SENTENCE = re.compile(
    r"\b(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|on|сегодня|вчера|имрӯз|дирӯз)[,\s(—–-]{1,4}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dateline:
    """A dateline as it was found on a line."""

    places: tuple[DraftPlace, ...]
    date: datetime.date | None
    text: str
    """The rest of the line after it."""
    doubt: str = ""
    """A message for the editor about the date, or ""."""
    agency: str = ""
    """The text before the place."""
    is_brief: bool = False
    """Whether the rest of the line is so short that the line counts as a dateline only at the start of a story."""


def parse_dateline(line: str, words: Set[str] = frozenset(), known: Set[str] = frozenset()) -> Dateline | None:
    """Return the dateline at the start of a line, or None.

    `words` are the words that the story has in lower case: a place is not named by these alone. `known` are names
    of places in lower case, besides the built-in ones.
    """
    line = _without_brackets(line)
    dateline = _after_agency(line, words, known) or _parsed(line, words, known)
    return dateline and _before_agency(dateline)


def _before_agency(dateline: Dateline) -> Dateline:
    """Return the dateline with an agency that begins its text as part of it: "(IOM) They …", "Sputnik. They …"."""
    match = _AGENCY_FIRST.match(dateline.text)
    if match is None or not dateline.places:
        return dateline
    enclosed = match["round"] or match["slashes"] or ""
    found = is_agency(enclosed) and not is_country(enclosed) if enclosed else is_named_agency(match["bare"])
    if not found:
        return dateline
    agency = ", ".join(filter(None, (dateline.agency, enclosed or match["bare"])))
    return replace(dateline, text=dateline.text[match.end() :], agency=agency)


def _after_agency(line: str, words: Set[str], known: Set[str]) -> Dateline | None:
    """Return a dateline that follows an agency, or None: "IOM – Dushanbe, 12 August 2024 – …", "Press release.
    Dushanbe: …". Its first place must be known. One with a date is preferred, then one with a city."""
    found = []
    for parting in _AFTER_AGENCY.finditer(line[:LONGEST_AGENCY]):
        agency = line[: parting.end()].strip(f" .,:،|{_DASHES}")
        is_parted = bool(parting.group().strip()) or is_acronym(agency)
        if not (is_parted and is_agency(agency)) or is_known(agency.strip("()[]/"), known):
            continue
        dateline = _parsed(line[parting.end() :], words, known)
        if dateline is None or not dateline.places:
            continue
        is_part_of_list = _is_country_alone(dateline) and "," in parting.group()
        if is_known(dateline.places[0].name, known) and not is_part_of_list:
            found.append(replace(dateline, agency=agency))
    # Prefer one with a date and a city: in "IOM Tajikistan: Gharm, 12 May 2025" the country is part of the agency.
    return max(found, key=lambda each: (each.date is not None, not _is_country_alone(each)), default=None)


def _is_country_alone(dateline: Dateline) -> bool:
    return len(dateline.places) == 1 and is_country(dateline.places[0].name)


def _parsed(line: str, words: Set[str], known: Set[str]) -> Dateline | None:
    found = find_date(line[:HEAD_LENGTH])
    if found and (dateline := _dated(line, found, known)):
        alone = dateline.places and not dateline.text
        return None if alone and _are_common_words(dateline.places, words) else dateline
    return _undated(line, words, known) or _weakly_parted(line, known)


def _without_brackets(line: str) -> str:
    """Return the line without brackets around its start, and with a dash after them if they enclose a date and no
    mark follows. Round brackets without a date stay: they enclose an agency."""
    match = _BRACKETS.match(line)
    if match is None or (match["round"] and not find_date(match["round"])):
        return line
    inside, rest = (match["square"] or match["round"]).strip(), match["rest"].lstrip(" .,")
    is_parted = not rest or rest[0] in f"{_DASHES}:|"
    return f"{inside} {rest}" if is_parted or not find_date(inside) else f"{inside} – {rest}"


def _dated(line: str, found: FoundDate, known: Set[str]) -> Dateline | None:
    """Return the dateline around a date, or None if the date is not part of one. It has no places if the date
    stands alone or only after the name of an agency."""
    before, after = line[: found.start], line[found.end :]
    if found.written.endswith("."):
        # The full stop of "2025 г." also ends the dateline if a new sentence follows.
        after = f".{after}" if after.lstrip(' "“«„')[:1].isupper() else after
    end = _AFTER_DATE.match(after)
    if end is None or _is_speech(end.group(), after[end.end() :]):
        end = _FULL_STOP_AFTER_DATE.match(after)
    if not before.strip():
        if dateline := _place_after_date(after, known):
            return replace(dateline, date=found.date, doubt=found.doubt)
        return Dateline((), found.date, after[end.end() :], found.doubt) if end else None
    before = before.rstrip(f" {_DASHES}")
    places = parse_places(_PARENTHESES.sub(_country_in_parentheses, before)) or _places_after_agency(before)
    if not (end and places):
        return None
    if all(is_known_agency(place.name) for place in places):
        return Dateline((), found.date, after[end.end() :], found.doubt, before.strip(" .,:،|("))
    return Dateline(places, found.date, after[end.end() :], found.doubt)


def _place_after_date(after: str, known: Set[str]) -> Dateline | None:
    """Return the dateline of the places after a date that begins a line, or None. Without a dash after them they
    must be known: "3 May 2025, Dushanbe. …"."""
    place_first = _DATE_FIRST.match(after)
    if place_first and (places := parse_places(place_first["places"])):
        return Dateline(places, None, after[place_first.end() :])
    rest = after.lstrip(" .,،|/")
    if rest == after or not rest:
        return None
    places = parse_places(rest) if len(rest) <= HEAD_LENGTH else ()
    if places and all(is_known(place.name, known) or place.country for place in places):
        return Dateline(places, None, "")
    found = (Dateline(places, None, text) for places, text in _weak_parts(rest, known))
    return next((dateline for dateline in found if not _opening(dateline.text).islower()), None)


def _is_speech(parted: str, text: str) -> bool:
    """Return whether quotation marks after a date, in `parted`, enclose speech and not the name of an agency: the
    `text` after them goes on in lower case or, if there is none, they end with a full stop."""
    return any(mark in parted for mark in '«"“„') and (text[:1].islower() if text else parted.endswith("."))


def _places_after_agency(before: str) -> tuple[DraftPlace, ...]:
    """Return the places after an agency before a date, as in "International Organization for Migration, Dushanbe";
    an empty tuple if there are none. The first must be a known place."""
    for parting in re.finditer(r"[,،.:]\s+", before[:LONGEST_AGENCY]):
        places = parse_places(before[parting.end() :])
        if places and is_known(places[0].name) and is_agency(before[: parting.start()]):
            return places
    return ()


def _country_in_parentheses(match: re.Match[str]) -> str:
    """Return what replaces a bracket: ", " and the country, as in "Khorog (Tajikistan)", or an empty string if it
    encloses anything else, such as an agency."""
    inside = match[1] or match[2]
    return f", {inside}" if is_country(inside) else ""


def _undated(line: str, words: Set[str], known: Set[str]) -> Dateline | None:
    """Return a dateline without a date that a dash separates from the text, or None. In a script without capitals
    all places must be built-in ones. Before a short text, or one in lower case, it must meet the conditions of
    `_brief`."""
    match = _UNDATED.match(line[:HEAD_LENGTH])
    agency = _PARENTHESES.sub(_country_in_parentheses, match["agency"] or "") if match else ""
    places = parse_places(match["places"] + agency) if match else ()
    if match is None or not places:
        return None
    if _is_caseless(places[0].name) and not all(is_known(place.name) for place in places):
        return None
    text = line[match.end() :]
    if text and not _begins_text(text):
        return _brief(places, text, known)
    return None if _are_common_words(places, words) else Dateline(places, None, text)


def _weakly_parted(line: str, known: Set[str]) -> Dateline | None:
    """Return a dateline of known places, or places with a country, that a colon, a full stop or a bar separates
    from the text, or None. Before a short text it must meet the conditions of `_brief`."""
    for places, text in _weak_parts(line, known):
        return Dateline(places, None, text) if _begins_text(text) else _brief(places, text, known)
    return None


def _weak_parts(line: str, known: Set[str]) -> Iterator[tuple[tuple[DraftPlace, ...], str]]:
    """Yield the known places, or places with a country, before a colon, a full stop or a bar, and the text after
    it."""
    for pattern in _WEAKLY_PARTED:
        match = pattern.match(line[:HEAD_LENGTH])
        places = parse_places(match["places"]) if match else ()
        if match and places and all(is_known(place.name, known) or place.country for place in places):
            yield places, line[match.end() :]


def _brief(places: tuple[DraftPlace, ...], text: str, known: Set[str]) -> Dateline | None:
    """Return a dateline of known cities, marked `is_brief`, before a short sentence that does not begin in lower
    case, or None. Countries do not count, because they also start many other lines."""
    is_town = all(is_known(place.name, known) and not is_country(place.name) for place in places)
    is_sentence = len(text.split()) >= FEWEST_WORDS and _ENDS_LIKE_SENTENCE.search(text[-5:])
    if not (is_town and is_sentence) or _opening(text).islower():
        return None
    return Dateline(places, None, text, is_brief=True)


def _begins_text(text: str) -> bool:
    """Return whether the text is long enough for a paragraph and does not start with a lower-case letter. From
    SHORTEST_PARAGRAPH characters on it must end like one; beyond HEAD_LENGTH it need not."""
    is_long = len(text) > HEAD_LENGTH or (len(text) >= SHORTEST_PARAGRAPH and _ENDS_LIKE_TEXT.search(text[-5:]))
    return bool(is_long) and not _opening(text).islower()


def _opening(text: str) -> str:
    return text.lstrip('"“«„‘([ ')[:1]


def _is_caseless(name: str) -> bool:
    return name.lower() == name.upper()


def _are_common_words(places: tuple[DraftPlace, ...], words: Set[str]) -> bool:
    """Return whether all the words of the names are among `words`, those that the story also has in lower case.
    Never if one of the places is a country or has one."""
    if any(place.country or is_country(place.name) for place in places):
        return False
    return {word for place in places for word in place.name.lower().split()} <= words


def is_date_alone(line: str) -> bool:
    """Return whether the line, of at most 80 characters, is a date and nothing else, apart from marks and an
    agency."""
    dateline = parse_dateline(line) if len(line) <= 80 else None
    return dateline is not None and not dateline.text and not dateline.places


def date_in_sentence(sentence: str, has_place: bool = False) -> FoundDate | None:
    """Return the first date of a sentence if it tells the day of the story, because a word such as "yesterday" or
    a weekday stands before it: "… yesterday, 14 June 2023". With `has_place`, a date at the start of the sentence
    counts, too. Otherwise, or if it is no full date, return None."""
    found = find_date(sentence[:MAX_SENTENCE])
    if found is None or found.date is None:
        return None
    begins = has_place and found.start == 0
    return found if begins or _DAY_IN_SENTENCE.search(sentence[: found.start][-30:]) else None
