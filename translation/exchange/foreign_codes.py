"""Inline codes of other programs in TMX files, as the tags of strings: by their content, if that is HTML, else by
their type. Links get the ids that wagtail-localize gives them, in their order."""

import re
from collections.abc import Iterator

from lxml import etree

from translation.checks.markup import errors_of, inline_tags
from translation.exchange.inline import string_of
from translation.units.chips import tag_name

CODES = ("{*}bpt", "{*}ept", "{*}ph", "{*}it", "{*}ut")
OPENING = re.compile(r"<([a-z][a-z0-9]*)\b([^<>]*)>", re.IGNORECASE)
CLOSING = re.compile(r"</([a-z][a-z0-9]*)\s*>", re.IGNORECASE)
HREF = re.compile(r"\bhref\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
KEPT = {"b", "strong", "i", "em", "abbr", "acronym", "code"}
"""The tags that wagtail-localize stores as they are, without attributes."""
BY_TYPE = {"bold": "b", "italic": "i", "link": "a", "lb": "br"}
"""Names of tags by the types that TMX gives codes."""
Link = tuple[str, str, str]
"""The address of a link of the source, the number of its code, and its id."""


def with_our_tags(source: etree._Element | None, target: etree._Element | None) -> tuple[str, str, bool]:
    """Return the strings of two segments, with tags in place of their codes, and whether codes were left out:
    those that are no tags of ours, or all, if both strings have not the same tags. The segments are changed."""
    links: list[Link] = []
    is_whole = all([_replace(source, links, of_source=True), _replace(target, links, of_source=False)])
    old, new = string_of(source), string_of(target)
    if not (errors_of(old, old, None) or errors_of(old, new, None) or inline_tags(old, new)):
        return old, new, not is_whole
    for code in (*_codes(source), *_codes(target)):
        code.text = ""
    return string_of(source), string_of(target), True


def _codes(segment: etree._Element | None) -> Iterator[etree._Element]:
    return iter(()) if segment is None else segment.iter(*CODES)


def _replace(segment: etree._Element | None, links: list[Link], of_source: bool) -> bool:
    """Write the tags for the codes of a segment in their place, and nothing for those that have none; return
    whether all have one. The links of the source are added to `links`, those of the target are taken from them."""
    closing: dict[str, str] = {}
    is_whole = True
    for code in list(_codes(segment)):
        content, number = "".join(code.itertext()).strip(), code.get("i", "")
        if etree.QName(code).localname == "ept" or CLOSING.fullmatch(content):
            tag = _closing(content, closing.pop(number, None))
        else:
            tag = _opening(code, content, links, of_source)
            if number:
                closing[number] = tag and f"</{tag_name(tag)}>"
        is_whole = is_whole and bool(tag)
        for inner in list(code):
            code.remove(inner)
        code.text = tag
    return is_whole


def _closing(content: str, expected: str | None) -> str:
    """Return the closing tag for a code; an empty string if the opening one has none. What the content says itself
    counts, so that a pair that does not fit is found."""
    said = CLOSING.fullmatch(content)
    if expected == "" or not said:
        return expected or ""
    name = said[1].lower()
    return f"</{name}>" if name in KEPT or name == "a" else ""


def _opening(code: etree._Element, content: str, links: list[Link], of_source: bool) -> str:
    """Return the opening or single tag for a code, or an empty string."""
    html = OPENING.fullmatch(content)
    name = html[1].lower() if html else BY_TYPE.get(code.get("type", ""), "")
    if name == "br":
        return "<br/>"
    if name != "a":
        return f"<{name}>" if name in KEPT else ""
    found = HREF.search(html[2]) if html else None
    address, number = found[1][1:-1] if found else "", code.get("x") or code.get("i", "")
    if of_source:
        links.append((address, number, f"a{len(links) + 1}"))
        return f'<a id="{links[-1][2]}">'
    same = [link for link in links if address and link[0] == address]
    same += [link for link in links if number and link[1] == number]
    if not same:
        return ""
    links.remove(same[0])
    return f'<a id="{same[0][2]}">'
