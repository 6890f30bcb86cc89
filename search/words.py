"""Words as the index knows them: of one script, without what readers leave out when they type, and cut down to
their stem. Everything is done here and nothing in the database, so that both databases find the same."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

MAX_WORDS = 8
MAX_LENGTH = 200
LONGEST = 60
"""Letters of a word; whatever is longer is no word that anybody looks for."""

# Marks that stand on or between letters and do not end a word: accents, vowel signs, joiners, soft hyphens.
MARKS = "\u00ad\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*(?:['’]s\b)?")
JOINER = "\u200c"

FOLDED = str.maketrans(
    {
        **dict(zip("ёғӣқӯўҳҷ", "егикуухч", strict=True)),
        # The Arabic keyboard's letters for the Persian ones, and the seats of hamza.
        **dict(zip("يىكةأإآٱؤئ", "ییکهااااوی", strict=True)),
        "ـ": None,
    }
)
STEMMERS = {"en": "english", "ru": "russian", "fa": "persian"}

# Tajik has no stemmer. What stands at the end of a folded noun: plural (-ҳо, -он, -ён), izofat and -ӣ, the
# object's -ро, and these together. The longest goes first, and a stem keeps four letters.
TAJIK_ENDINGS = ("хоямон", "хоятон", "хояшон", "хоро", "хои", "хоям", "хоят", "хояш", "онро", "ёнро")
TAJIK_ENDINGS += ("они", "ёни", "иро", "хо", "ро", "он", "ён", "и", "е")
SHORTEST_STEM = 4


@dataclass(frozen=True)
class Found:
    """A word of a text with the place where it stands."""

    start: int
    end: int
    text: str


def found_in(text: str) -> Iterator[Found]:
    return (Found(match.start(), match.end(), match.group()) for match in WORD.finditer(text))


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """One word: lower case, letters that people type for one another made one, no marks."""
    plain = unicodedata.normalize("NFKC", word).casefold().translate(FOLDED)
    plain = re.sub(r"['’]s$", "", plain)
    return "".join(_plain(letter) for letter in plain)[:LONGEST]


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isalnum() else ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if not letter.isalnum():
        return ""
    # Of the accents only those of Latin letters go: й is no и.
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


@lru_cache(maxsize=50_000)
def stem(word: str, code: str) -> str:
    """Of a folded word, in the language."""
    base = code.split("-")[0]
    if base == "tg":
        return _tajik_stem(word)
    stemmer = _stemmer(base)
    return (stemmer.stemWord(word) if stemmer else word) or word


@lru_cache
def _stemmer(base: str):
    return snowballstemmer.stemmer(STEMMERS[base]) if base in STEMMERS else None


def _tajik_stem(word: str) -> str:
    for ending in TAJIK_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def folded_words(text: str) -> list[str]:
    """In their order. What a joiner holds together is one word, and its parts are words too: some type it with
    a space."""
    words = []
    for each in found_in(text):
        parts = each.text.split(JOINER)
        words += [folded(each.text), *(folded(part) for part in parts if len(parts) > 1)]
    return [word for word in words if word]


def stems(text: str, code: str) -> list[str]:
    return [stem(word, code) for word in folded_words(text)]


def asked_words(asked: str) -> list[str]:
    """What a reader asks for, as folded words: letters and digits only, for the database's own query language
    is not the reader's."""
    words = (folded(each.text) for each in found_in(asked[:MAX_LENGTH]))
    return list(dict.fromkeys(word for word in words if word))[:MAX_WORDS]


def clean(asked: str) -> str:
    """What can be shown again: no control characters, and not endless."""
    kept = (letter for letter in asked[:MAX_LENGTH] if letter.isprintable() or letter in "\u200c\u200d")
    return "".join(kept).strip()
