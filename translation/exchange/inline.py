"""Tags within strings as codes that translation programs protect: `bpt`, `ept` and `ph`, in XLIFF 1.2 as in TMX
1.4.

The content of a code is the tag itself, so that a code that comes back says what it was, whatever the program made
of its attributes; `numbered` reads those that have lost it. Outside codes stands plain text, without entities."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import count

from lxml import etree
from lxml.html import defs
from translate.misc.xml_helpers import valid_chars_only

TAG = re.compile(r"(</?[a-zA-Z][^<>]*>)")
NAME = re.compile(r"[a-zA-Z0-9]+")
WRITTEN = re.compile(
    r"(&lt;/?[a-zA-Z](?:(?!&[lg]t;)[^<>])*&gt;|&amp;(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)"
)
"""What would be read as a tag or an entity if it stood as plain text."""
BARE_AMPERSAND = re.compile(r"&(?!(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)")
KINDS = {"bpt": {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link"}, "ph": {"br": "lb"}}
"""What the standards call a pair of tags and a single one."""
CODES = ("bpt", "ept", "ph", "it")
XLIFF = {"bpt": "id", "ept": "id", "ph": "id", "kind": "ctype"}
"""The attributes that number a code and say what it is, in XLIFF."""
TMX = {"bpt": "i", "ept": "i", "ph": "x", "kind": "type"}
"""The same in TMX."""


def fill(element: etree._Element, string: str, attributes: dict[str, str], source: str = "") -> None:
    """Write a string into the element: its tags as codes, with these names of attributes (`XLIFF` or `TMX`), the
    rest as plain text. In a translation, a tag gets the number that it has in the `source`."""
    has_signs = _has_signs(source or string)
    namespace = etree.QName(element).namespace
    numbers = _numbers(string, source)
    last: etree._Element | None = None
    place = 0
    for part in filter(None, TAG.split(string)):
        if TAG.fullmatch(part):
            code, number = numbers[place]
            last = etree.SubElement(element, etree.QName(namespace, code))
            last.set(attributes[code], str(number))
            if code != "ept":
                last.set(attributes["kind"], KINDS[code].get(_name(part), f"x-{_name(part)}"))
            last.text = part
            place += 1
        elif last is None:
            element.text = valid_chars_only(_plain(part, has_signs))
        else:
            last.tail = valid_chars_only(_plain(part, has_signs))


def strings_of(source: etree._Element | None, target: etree._Element | None) -> tuple[str, str]:
    """Return the strings that the source and the target of a unit hold, as `fill` has written them."""
    string = string_of(source, has_signs=True)
    return string, string_of(target, has_signs=_has_signs(string))


def string_of(element: etree._Element | None, has_signs: bool = False) -> str:
    """Return the string that an element holds: the content of codes as it is, the text outside them with
    characters such as `&` as entities. Tags and entities that are written as text count as such, as in files
    without codes; with `has_signs` only tags of HTML do, since there are words between `<` and `>`. Empty for
    None."""
    if element is None:
        return ""
    parts: list[str] = []
    text: list[str] = []
    for inside, piece in _texts(element):
        if inside:
            parts += [_escaped("".join(text), has_signs), piece]
            text = []
        else:
            text.append(piece)
    return "".join([*parts, _escaped("".join(text), has_signs)])


def numbered_tags(string: str) -> dict[str, tuple[str, str]]:
    """Return the tags of a string by their number, as `fill` writes it: the opening and the closing one of a pair,
    a single one and an empty string."""
    found: dict[str, tuple[str, str]] = {}
    for tag, (code, number) in zip(TAG.findall(string), _numbers(string, ""), strict=True):
        found[str(number)] = (found[str(number)][0], tag) if code == "ept" else (tag, "")
    return found


def _numbers(string: str, source: str) -> list[tuple[str, int]]:
    """Return the name of the code and the number of each tag of a string; the tags of a pair share their
    number."""
    tags = TAG.findall(string)
    free = defaultdict(list)
    if source:
        for tag, (code, number) in zip(TAG.findall(source), _numbers(source, ""), strict=True):
            if code != "ept":
                free[tag].append(number)
    following = count(1 + max((number for numbers in free.values() for number in numbers), default=0))
    partners = _partners(tags)
    found: list[tuple[str, int]] = []
    for place, tag in enumerate(tags):
        partner = partners.get(place, -1)
        if 0 <= partner < place:
            found.append(("ept", found[partner][1]))
        else:
            number = free[tag].pop(0) if free[tag] else next(following)
            found.append(("ph" if partner < 0 else "bpt", number))
    return found


def _partners(tags: list[str]) -> dict[int, int]:
    """Return for each tag of a pair, by its place, the place of the other one."""
    open_tags: dict[str, list[int]] = defaultdict(list)
    partners: dict[int, int] = {}
    for place, tag in enumerate(tags):
        name = _name(tag)
        if tag.endswith("/>") or name == "br":
            continue
        if not tag.startswith("</"):
            open_tags[name].append(place)
        elif open_tags[name]:
            first = open_tags[name].pop()
            partners[first], partners[place] = place, first
    return partners


def _name(tag: str) -> str:
    found = NAME.search(tag)
    return found[0].lower() if found else ""


def _has_signs(string: str) -> bool:
    return "&lt;" in string


def _plain(text: str, has_signs: bool) -> str:
    """Return the text of a string without entities, as far as `string_of` makes the same of it again: what looks
    like a tag or an entity keeps its own."""
    parts = [part if WRITTEN.fullmatch(part) else html.unescape(part) for part in WRITTEN.split(text)]
    for plain in (html.unescape(text), "".join(parts)):
        if _escaped(plain, has_signs) == text:
            return plain
    return text


def _escaped(text: str, has_signs: bool) -> str:
    """Return text as a part of a string: with entities in place of `&`, `<` and `>`, unless these stand in a tag
    or an entity."""
    text = BARE_AMPERSAND.sub("&amp;", text)
    return "".join(
        part if _is_tag(part, has_signs) else part.replace("<", "&lt;").replace(">", "&gt;")
        for part in TAG.split(text)
    )


def _is_tag(part: str, has_signs: bool) -> bool:
    return bool(TAG.fullmatch(part)) and (_name(part) in defs.tags or not has_signs)


def _texts(element: etree._Element, inside: bool = False) -> Iterator[tuple[bool, str]]:
    """Yield all texts in an element, each with whether it is the content of a code."""
    if element.text:
        yield inside, element.text
    for child in element:
        yield from _texts(child, inside or etree.QName(child).localname in CODES)
        if child.tail:
            yield inside, child.tail
