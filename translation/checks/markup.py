"""Checks of what a text needs in order to be stored and shown: control characters, tags, links, length."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, extract_ids, validate_translation_links

from translation.checks.finding import Code, Finding
from translation.control_characters import CONTROL
from translation.plain import TAG, plain

# A "<" that begins no tag: html.parser silently drops or rewrites it.
BROKEN = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")
OPENING = re.compile(r"<[a-zA-Z][^<>]*>")
LINK_ID = re.compile(r'\bid="([^"]*)"')
UNREADABLE = {Code.CONTROL, Code.MARKUP}
"""With these, a text cannot be read as HTML, so that the other checks say nothing of it."""


def errors_of(source: str, text: str, max_length: int | None, is_one_line: bool = False) -> list[Finding]:
    """Return the findings because of which a text cannot be stored or shown: control characters, invalid tags,
    lost or empty links, and its length (at most `max_length` characters, and one line with `is_one_line`). They
    are blocking, and cannot be waived."""
    if CONTROL.search(text):
        return [Finding(Code.CONTROL, _("The text contains control characters. Remove them."), True)]
    if BROKEN.search(text) or not _is_balanced(text):
        message = _("Invalid tags: “<” does not begin a tag, or a tag is not closed.")
        return [Finding(Code.MARKUP, message, True)]
    if "<" in text or "<" in source:
        try:
            StringValue.from_translated_html(text)
            validate_translation_links(source, text)
        except ValueError as error:
            return [Finding(Code.MARKUP, str(error), True)]
    return [*_of_links(source, text), *_of_length(source, text, max_length, is_one_line)]


def _of_links(source: str, text: str) -> Iterator[Finding]:
    if lost := _lost_links(source, text):
        message = _("The link %(ids)s of the source is missing.") % {"ids": ", ".join(_named(source, lost))}
        yield Finding(Code.LINK, message, True)
    if links := {name[1:] for name in _emptied(source, text) if name.startswith("#")}:
        message = _("A link without words: %(ids)s. Write its words between its tags.")
        yield Finding(Code.LINK, message % {"ids": ", ".join(_named(source, links))}, True)


def _of_length(source: str, text: str, max_length: int | None, is_one_line: bool) -> Iterator[Finding]:
    if is_one_line and text.count("\n") > source.count("\n"):
        yield Finding(Code.LENGTH, _("The text has a line break, the field has one line. Remove it."), True)
    length = len(plain(text)) if max_length else 0
    if max_length and length > max_length:
        lengths = {"count": length, "limit": max_length}
        message = _("The text has %(count)d characters. Maximum: %(limit)d.") % lengths
        yield Finding(Code.LENGTH, message, True)


def inline_tags(source: str, text: str) -> list[Finding]:
    """Return a finding if the text has other tags than the source, and a blocking one if tags have lost their
    words. What is wrong with links is said by itself."""
    ignored = {"a"} if _lost_links(source, text) else set()
    found = []
    if emptied := sorted(name for name in _emptied(source, text) if not name.startswith("#")):
        message = _("A tag without words: %(tags)s. Write its words between its tags.")
        found.append(Finding(Code.TAGS, message % {"tags": ", ".join(emptied)}, True))
    if _tags(source, ignored) != _tags(text, ignored):
        found.append(Finding(Code.TAGS, _("The tags differ from the source.")))
    return found


def _lost_links(source: str, text: str) -> set[str]:
    return extract_ids(source) - extract_ids(text) if "<" in source else set()


def _emptied(source: str, text: str) -> set[str]:
    """Return the tags that stand around nothing in the text more often than in the source, as `_empty` does."""
    return set(_empty(text) - _empty(source)) if "<" in text else set()


def _empty(text: str) -> Counter[str]:
    """Return how often each tag stands around nothing that can be seen: links by “#” and their id, other tags by
    their names."""
    found: Counter[str] = Counter()
    opened: list[re.Match[str]] = []
    for match in TAG.finditer(text):
        closing, name, ending = match.groups()
        if name.lower() == "br":
            continue
        if not closing and not ending:
            opened.append(match)
            continue
        first = opened.pop() if closing and opened else match
        if all(unicodedata.category(each)[0] in "ZC" for each in plain(text[first.end() : match.start()])):
            link = LINK_ID.search(first[0])
            found[f"#{link[1]}" if link else name.lower()] += 1
    return found


def _named(source: str, links: set[str]) -> Iterator[str]:
    """Yield the number and the words of each of these links of the source. Tags are numbered as on the desk."""
    for number, match in enumerate(OPENING.finditer(source), start=1):
        link = LINK_ID.search(match[0])
        if link and link[1] in links:
            words = plain(source[match.end() :].partition("</a>")[0]).strip()
            # Brackets, for quotation marks are others in each language.
            yield f"{number} ({words})" if words else str(number)


def _tags(text: str, ignored: set[str]) -> Counter[str]:
    return Counter(
        name.lower() for closing, name, _ending in TAG.findall(text) if not closing and name.lower() not in ignored
    )


def _is_balanced(text: str) -> bool:
    open_tags: list[str] = []
    for closing, name, ending in TAG.findall(text):
        name = name.lower()
        if name == "br" or ending:
            continue
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags
