"""The difference between two texts, word by word, as HTML that screen readers can announce."""

import html
import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from translation.units.chips import parts_of, with_chips

_WORDS = re.compile(r"\s+|\w+|.")
MOST_WORDS = 2_000


def as_read(text: str) -> str:
    """Return a string of wagtail-localize, which stores all of them as HTML, with entities as characters. The
    result is not safe: templates have to escape it."""
    return html.unescape(text)


def difference(old: str, new: str, source: str = "") -> SafeString:
    """Return both stored texts as one, for reading: what was removed in `<del>`, what was added in `<ins>`, tags
    as marks with their numbers in `source`, or in the new text without one. If they have more than MOST_WORDS
    words, spaces and marks together, all of the old is deleted and all of the new inserted."""
    source = source or new
    before, after = _words(old, source), _words(new, source)
    if len(before) + len(after) > MOST_WORDS:
        return format_html("<del>{}</del> <ins>{}</ins>", with_chips(old, source), with_chips(new, source))
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = _joined(before[a:b]), _joined(after[c:d])
        if kind == "equal":
            parts.append(gone)
            continue
        if gone:
            parts.append(format_html("<del>{}</del>", gone))
        if come:
            parts.append(format_html("<ins>{}</ins>", come))
    return format_html_join("", "{}", ((part,) for part in parts))


def _words(data: str, source: str) -> list[str]:
    """Return the words, spaces and marks of a stored text, marks as safe HTML."""
    found: list[str] = []
    for _part, shown in parts_of(data, source):
        found.extend([shown] if isinstance(shown, SafeString) else _WORDS.findall(shown))
    return found


def _joined(words: list[str]) -> SafeString:
    return format_html_join("", "{}", ((word,) for word in words))
