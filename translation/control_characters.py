"""Control characters, which PostgreSQL or XML cannot store: the pattern with which texts of translators are
refused, and their removal from comments and reasons."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def without_controls(text: str) -> str:
    """Return a text without control characters; tabs and line breaks remain."""
    return CONTROL.sub("", text)
