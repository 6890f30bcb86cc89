"""Strings of wagtail-localize as readers see them."""

import html
import re

LINE_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")


def plain(string: str) -> str:
    """Return a string without tags and entities, with a line break for `<br>`."""
    return html.unescape(TAG.sub("", LINE_BREAK.sub("\n", string)))
