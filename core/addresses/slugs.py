"""ASCII slugs from titles in any script, made in the same way on the server and in the admin's script."""

import re

from anyascii import anyascii
from django.utils.text import slugify

# Persian and Arabic omit short vowels, so that nobody would recognise a slug made from them.
ARABIC_LETTERS = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
CYRILLIC = range(0x0400, 0x0530)


def ascii_slug(text: str, max_length: int = 255) -> str:
    """Return a slug for a text in ASCII letters, cut to `max_length`. Return an empty string if the text has
    Arabic letters, for which people have to type a slug, or neither letters nor digits."""
    if re.search(f"[{ARABIC_LETTERS}]", text):
        return ""
    return transliterated_slug(text, max_length)


def transliterated_slug(text: str, max_length: int = 255) -> str:
    """Return a slug of at most `max_length` characters for a text in any script, including Arabic; empty for a
    text without letters and digits."""
    return slugify(anyascii(text))[:max_length].strip("-")


def slug_formatters() -> list[tuple[str, str]]:
    """Return pairs of a pattern and its replacement, with which Wagtail's `SlugInput` makes the same slugs as
    `ascii_slug`. Its own table lacks the Tajik letters. It converts to lower case itself."""
    letters: dict[str, str] = {}
    for letter in map(chr, CYRILLIC):
        if letter.isalpha():
            target = slugify(anyascii(letter))
            letters[target] = letters.get(target, "") + letter
    return [*((f"[{group}]", target) for target, group in letters.items()), (f".*[{ARABIC_LETTERS}].*", "")]
