"""Removal of control characters, which PostgreSQL or XML cannot store."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def without_controls(text: str) -> str:
    """Return a text without control characters; tabs and line breaks remain."""
    return CONTROL.sub("", text)
