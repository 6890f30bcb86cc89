"""Characters that no text has and that PostgreSQL or XML has no room for."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def without_controls(text: str) -> str:
    return CONTROL.sub("", text)
