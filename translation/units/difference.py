"""The difference between two texts, word by word, as HTML that screen readers can announce."""

import html
import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WORDS = re.compile(r"\s+|\w+|<[^>]*>|.")
MOST_WORDS = 2_000


def as_read(text: str) -> str:
    """Return a string of wagtail-localize, which stores all of them as HTML, with entities as characters. The
    result is not safe: templates have to escape it."""
    return html.unescape(text)


def difference(old: str, new: str) -> SafeString:
    """Return both texts as one, escaped: what was removed in `<del>`, what was added in `<ins>`. If they have more
    than MOST_WORDS words, spaces and marks together, all of the old is deleted and all of the new inserted."""
    old, new = as_read(old), as_read(new)
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return format_html("<del>{}</del> <ins>{}</ins>", old, new)
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            parts.append(format_html("{}", gone))
            continue
        if gone:
            parts.append(format_html("<del>{}</del>", gone))
        if come:
            parts.append(format_html("<ins>{}</ins>", come))
    return format_html_join("", "{}", ((part,) for part in parts))
