"""Addresses of pages: ASCII whatever the script, by one table of letters on the server and in the admin."""

import re

from anyascii import anyascii
from django.utils.text import slugify

# Persian and Arabic write consonants only: what could be proposed from them nobody would recognise.
ARABIC_LETTERS = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
CYRILLIC = range(0x0400, 0x0530)


def ascii_slug(text: str, max_length: int = 255) -> str:
    """Empty where somebody has to choose the letters."""
    if re.search(f"[{ARABIC_LETTERS}]", text):
        return ""
    return transliterated_slug(text, max_length)


def transliterated_slug(text: str, max_length: int = 255) -> str:
    """Of any script, also where nobody would recognise the word; empty for a text without letters and figures."""
    return slugify(anyascii(text))[:max_length].strip("-")


def slug_formatters() -> list[tuple[str, str]]:
    """The same for `SlugInput`, whose own table lacks the Tajik letters; it makes small letters itself."""
    letters: dict[str, str] = {}
    for letter in map(chr, CYRILLIC):
        if letter.isalpha():
            target = slugify(anyascii(letter))
            letters[target] = letters.get(target, "") + letter
    return [*((f"[{group}]", target) for target, group in letters.items()), (f".*[{ARABIC_LETTERS}].*", "")]
