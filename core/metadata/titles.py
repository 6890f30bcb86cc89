import re

_FILE_NAME = re.compile(r"\.[a-z0-9]{2,5}$|[\\/_]|\d{3}|^microsoft (word|powerpoint|excel)\b", re.IGNORECASE)


def fit_title(title: str) -> str:
    """Return the title that a document gives itself, or nothing where a program made it of a file's name."""
    title = " ".join(title.split())
    return "" if _FILE_NAME.search(title) else title[:300]
