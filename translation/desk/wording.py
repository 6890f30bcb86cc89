"""Texts of units as translators type and read them. wagtail-localize stores each as HTML with inline tags; at the
desk the tags stay, and characters are typed as they are."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from wagtail_localize.strings import StringValue, validate_translation_links

from translation.control_characters import CONTROL
from translation.units.chips import TAG, stands_alone, tag_name

_ENTITY = r"(?:lt|gt|amp|#\d+|#x[0-9a-fA-F]+);"
_BARE_AND = re.compile(rf"&(?!{_ENTITY})")
_PLAIN_AND = re.compile(rf"&amp;(?!{_ENTITY})")
# A "<" before anything that cannot begin a tag.
_BARE_LESS = re.compile(r"<(?![a-zA-Z/!?])")
_PLAIN_LESS = re.compile(r"&lt;(?![a-zA-Z/!?])")
_LINK = re.compile(r'\bid="([^"]*)"')


@dataclass(frozen=True)
class InlineTag:
    """An inline tag of a source string: what it is written with, and for a link where it leads. `close` is empty
    for a line break."""

    open: str
    close: str
    address: str = ""

    @property
    def name(self) -> str:
        return tag_name(self.open)

    def as_dict(self) -> dict[str, str]:
        return {"open": self.open, "close": self.close, "address": self.address, "name": self.name}


def editable(data: str) -> str:
    """Return a stored text as it is typed: tags as they are, “&” and “>” as characters, and “<” where it begins no
    tag."""
    return _outside_tags(data, lambda part: _PLAIN_LESS.sub("<", _PLAIN_AND.sub("&", part.replace("&gt;", ">"))))


def stored(text: str) -> str:
    """Return a typed text as it is stored: the opposite of `editable`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    text = _BARE_LESS.sub("&lt;", text)
    return _outside_tags(text, lambda part: _BARE_AND.sub("&amp;", part).replace(">", "&gt;"))


def _outside_tags(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if TAG.fullmatch(part) else change(part) for part in TAG.split(text))


def tags_of(data: str, addresses: Mapping[str, Any] | None = None) -> list[InlineTag]:
    """Return the opening tags of a stored text in their order, each with its closing tag. `addresses` are the
    attributes of links by their number, as segments have them."""
    found = []
    for part in TAG.findall(data):
        if part.startswith("</"):
            continue
        tag = InlineTag(part, "")
        if stands_alone(part):
            found.append(tag)
            continue
        link = _LINK.search(part)
        attributes = (addresses or {}).get(link[1]) if link else None
        found.append(InlineTag(part, f"</{tag.name}>", str((attributes or {}).get("href", ""))))
    return found


def fault_of(source: str, data: str) -> str:
    """Return why a text cannot be stored, in a sentence, or an empty string: control characters, a tag that is not
    closed or not allowed, or a link that the source does not have. Both are stored texts."""
    if CONTROL.search(data):
        return gettext("The text contains control characters. Remove them.")
    if "<" in TAG.sub("", data) or not _is_balanced(data):
        return gettext("Invalid tags: “<” does not begin a tag, or a tag is not closed.")
    try:
        StringValue.from_translated_html(data)
        validate_translation_links(source, data)
    except ValueError as error:
        return str(error)
    return ""


def _is_balanced(data: str) -> bool:
    open_tags: list[str] = []
    for part in TAG.findall(data):
        tag = InlineTag(part, "")
        if part.startswith("</"):
            if not open_tags or open_tags.pop() != tag.name:
                return False
        elif not stands_alone(part):
            open_tags.append(tag.name)
    return not open_tags
