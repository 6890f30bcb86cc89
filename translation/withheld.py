"""Withdrawn words in strings of wagtail-localize."""

from collections.abc import Iterable

from core.consent.same_words import SameWords
from core.quotations.words import bare_words
from translation.plain import plain


def is_withheld(words: SameWords, strings: Iterable[str]) -> bool:
    """Return whether one of the strings repeats the words, or a sentence of them."""
    return bool(words.texts) and any(words.repeated_in(bare_words(plain(each))) for each in strings)
