"""Inline codes that come back by their number alone, as of programs that write them as `g` or `x` or give them a
content of their own: they become the tags of the string that have these numbers."""

from lxml import etree

from translation.exchange.inline import CODES, numbered_tags

NAMES = {**{name: name for name in CODES}, "bx": "bpt", "ex": "ept", "x": "ph"}
"""The names of codes, and for those that can have no content that of the same code with one."""


def with_tags_of(string: str, element: etree._Element | None) -> None:
    """Change the inline codes in a source or target element so that each contains a tag of `string`, as exported
    codes do: the tag whose number is the code's `id`. Codes that contain a tag of the string already, or whose
    number the string does not have, stay as they are."""
    if element is None:
        return
    tags = numbered_tags(string)
    known = {tag for pair in tags.values() for tag in pair if tag}
    for code in list(element.iterdescendants()):
        name, content = etree.QName(code).localname, "".join(code.itertext()).strip()
        opening, closing = tags.get(code.get("id", ""), ("", ""))
        if name == "g" and opening and closing:
            _unwrap(code, opening, closing)
        elif name in NAMES and content not in known:
            _fill(code, NAMES[name], opening, closing)


def _unwrap(code: etree._Element, opening: str, closing: str) -> None:
    """Replace an element around text by a pair of codes, before and after it."""
    first, last = _code(code, "bpt", opening, code.text), _code(code, "ept", closing, code.tail)
    parent = code.getparent()
    assert parent is not None
    place = parent.index(code)
    parent[place : place + 1] = [first, *code, last]


def _code(like: etree._Element, name: str, tag: str, tail: str | None) -> etree._Element:
    made = etree.Element(etree.QName(etree.QName(like).namespace, name))
    made.text, made.tail = tag, tail
    return made


def _fill(code: etree._Element, name: str, opening: str, closing: str) -> None:
    """Write the opening or closing tag of a pair, or a single tag, into a code of this kind."""
    tag = closing if name == "ept" or code.get("pos") == "close" else opening
    if not tag or (name == "ph") == bool(closing):
        return
    for inner in list(code):
        code.remove(inner)
    code.tag, code.text = etree.QName(etree.QName(code).namespace, name), tag
