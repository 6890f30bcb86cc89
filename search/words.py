"""Words of the search index: found in texts, and folded and stemmed by `core.languages.stems`. All of this is
done in Python, so that both databases find the same."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.languages.stems import JOINER, folded

MAX_WORDS = 8
MAX_LENGTH = 200

# Characters that may occur inside a word: combining accents, Arabic vowel signs, joiners, soft hyphens.
MARKS = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
MARKS += "\u200c\u200d\u2060\ufeff"
# Separators of thousands: 1,840 or ۱٬۸۴۰, and in Russian a no-break space.
THOUSANDS = ",٬،\u00a0\u2009\u202f"
LETTERS = rf"[^\W_](?:[^\W_]|[{MARKS}])*(?:['’]s\b)?"
GROUPED = r"\d{{1,3}}(?:([{parted}])\d{{3}})(?:\1\d{{3}})*(?![^\W_])"
ASKED = re.compile(f"{GROUPED.format(parted=THOUSANDS)}|{LETTERS}")
WRITTEN = re.compile(f"{GROUPED.format(parted=THOUSANDS + ' ')}|{LETTERS}")
PARTED = re.compile(f"[{JOINER}{THOUSANDS} ]")


class Found(NamedTuple):
    """A word of a text with its position."""

    start: int
    end: int
    text: str


def found_in(text: str, words: re.Pattern[str] = WRITTEN) -> Iterator[Found]:
    """Yield the words of a text in their order, as they are written. `words` is the pattern of a word."""
    return (Found(match.start(), match.end(), match.group()) for match in words.finditer(text))


def parts(word: str) -> list[str]:
    """Return the parts of a word with a zero-width non-joiner, or of a number with separators of thousands, which
    some people type with a space instead. The list is empty if there is only one part."""
    found = PARTED.split(word)
    return found if len(found) > 1 else []


def folded_words(text: str) -> list[str]:
    """Return the folded words of a text in their order, repeated ones too, each followed by its parts."""
    words = (folded(each) for found in found_in(text) for each in (found.text, *parts(found.text)))
    return [word for word in words if word]


def asked_words(asked: str) -> list[str]:
    """Return the words that a reader has typed, in the first MAX_LENGTH characters, folded, each once, at most
    MAX_WORDS. They consist of letters and digits only, so that nothing is read as an operator of the database's
    query language. Numbers with a plain space between them are separate words."""
    words = (folded(each.text) for each in found_in(asked[:MAX_LENGTH], ASKED))
    return list(dict.fromkeys(word for word in words if word))[:MAX_WORDS]


def clean(asked: str) -> str:
    """Return the typed text as it may be shown again: its first MAX_LENGTH characters, without control characters
    and spaces at its ends."""
    kept = (letter for letter in asked[:MAX_LENGTH] if letter.isprintable() or letter in "\u200c\u200d")
    return "".join(kept).strip()
