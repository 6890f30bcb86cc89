"""Withdrawn words in strings of wagtail-localize, which are HTML."""

import html
import re
from collections.abc import Iterable

from core.consent.same_words import SameWords
from core.quotations.words import bare_words

_TAG = re.compile(r"<[^<>]*>")


def is_withheld(words: SameWords, strings: Iterable[str]) -> bool:
    """Return whether one of the strings repeats the words, or a sentence of them."""
    if not words.texts:
        return False
    return any(words.repeated_in(bare_words(html.unescape(_TAG.sub("", each)))) for each in strings)
