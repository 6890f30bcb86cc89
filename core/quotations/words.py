"""Normalisation of texts for comparison: without marks, capital letters and invisible characters."""

import re
import unicodedata

# Soft hyphens, zero-width spaces, direction and variation marks, which may stand invisibly inside a word.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]"
)
_JOINERS = re.compile("[\u200c\u200d]")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ\u200c\u200d][^\W_]+)*")
_FOLDED = str.maketrans("ғӣқӯҳҷёўйي" + "كۀؤ", "гикухчеуйی" + "که" + "و")
# The vowel signs and accents of the Arabic script.
_SIGNS = re.compile("[\u064b-\u065f\u0670]")


def visible(text: str) -> str:
    """Return a text without invisible characters, except zero-width joiners and non-joiners between letters, which
    Dari needs."""
    text = _INVISIBLE.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = re.sub("(?<!\\w)[\u200c\u200d]+|[\u200c\u200d]+(?!\\w)", "", text)
    return text


def fold(text: str) -> str:
    """Return a text in lower case, with one form for variants of letters, without vowel signs of the Arabic
    script, and with spaces for joiners, to be matched with the patterns of `core.quotations.speech` and
    `core.quotations.persons`."""
    text = unicodedata.normalize("NFKC", text).lower()
    return _SIGNS.sub("", _JOINERS.sub(" ", text)).translate(_FOLDED)


def captured(match: re.Match[str] | None) -> str:
    """Return the first group of a match. The pattern must match any text, so that the match is never None."""
    assert match is not None
    return match[1]


def words_of(text: str) -> list[str]:
    """Return the words of a text; a word may contain apostrophes and joiners."""
    return _WORD.findall(text)


def bare_words(text: str) -> str:
    """Return the words of a text separated by single spaces: the same for texts that differ only in punctuation,
    letter case or invisible characters."""
    text = unicodedata.normalize("NFKC", visible(text)).casefold()
    return " ".join(re.findall(r"[^\W_]+", _JOINERS.sub("", text)))
