"""Titles in the properties of documents."""

import re

_FILE_NAME = re.compile(r"\.[a-z0-9]{2,5}$|[\\/_]|\d{3}|^microsoft (word|powerpoint|excel)\b", re.IGNORECASE)


def fit_title(title: str) -> str:
    """Return at most 300 characters of a title from properties, or "" if it looks like a file name."""
    title = " ".join(title.split())
    return "" if _FILE_NAME.search(title) else title[:300]
