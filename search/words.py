"""Words of the search index: found in texts, folded (letters that are typed for each other become one, marks are
dropped) and stemmed. All of this is done in Python, so that both databases find the same."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Protocol

import snowballstemmer

from search import persian

MAX_WORDS = 8
MAX_LENGTH = 200
LONGEST = 60
"""Most letters of a word; longer ones are cut."""

# Characters that may occur inside a word: combining accents, Arabic vowel signs, joiners, soft hyphens.
MARKS = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
MARKS += "\u200c\u200d\u2060\ufeff"
JOINER = "\u200c"
# Separators of thousands: 1,840 or ۱٬۸۴۰, and in Russian a no-break space.
THOUSANDS = ",٬،\u00a0\u2009\u202f"
LETTERS = rf"[^\W_](?:[^\W_]|[{MARKS}])*(?:['’]s\b)?"
GROUPED = r"\d{{1,3}}(?:([{parted}])\d{{3}})(?:\1\d{{3}})*(?![^\W_])"
ASKED = re.compile(f"{GROUPED.format(parted=THOUSANDS)}|{LETTERS}")
WRITTEN = re.compile(f"{GROUPED.format(parted=THOUSANDS + ' ')}|{LETTERS}")
PARTED = re.compile(f"[{JOINER}{THOUSANDS} ]")

FOLDED = str.maketrans(
    {
        **dict(zip("ёғӣқӯўҳҷ", "егикуухч", strict=True)),
        # Letters of other keyboards (Arabic, Urdu, Kurdish) in place of the Persian ones, and letters with a
        # hamza. NFKC has composed these before; a hamza that cannot be composed is a combining mark and is
        # dropped.
        **dict.fromkeys("يىئېےۓێۍؽ", "ی"),
        **dict.fromkeys("كڪګڬ", "ک"),
        **dict.fromkeys("ةۀەہۂۃھ", "ه"),
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ؤۆۇ", "و"),
        **dict.fromkeys("ـءٴۥۦ"),
    }
)
# Ezafe and the indefinite ending after heh: خانه‌ی and خانه‌ای are folded like خانهٔ.
AFTER_HEH = re.compile(rf"(?<=[^\W_]ه){JOINER}ا?ی$")
STEMMERS = {"en": "english", "ru": "russian", "fa": "persian"}
ONE_AT_A_TIME = Lock()

# Snowball has no stemmer for Tajik. Endings of folded nouns: plural (-ҳо, -он, -ён), izofat and -ӣ, the object
# marker -ро, and combinations of these. The first that fits is cut, so longer ones come first; four letters
# remain.
TAJIK_ENDINGS: tuple[str, ...] = (
    "хоямон",
    "хоятон",
    "хояшон",
    "хоро",
    "хои",
    "хоям",
    "хоят",
    "хояш",
    "онро",
    "ёнро",
)
TAJIK_ENDINGS += ("они", "ёни", "иро", "хо", "ро", "он", "ён", "и", "е")
SHORTEST_STEM = 4


class Stemmer(Protocol):
    """A stemmer of snowballstemmer, which has no types."""

    def stemWord(self, word: str) -> str: ...


@dataclass(frozen=True)
class Found:
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


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Return a word in lower case, with interchangeable letters made equal and without marks and a final "’s", cut
    to LONGEST letters. It is empty if no letter or digit is left."""
    plain = unicodedata.normalize("NFKC", word).casefold().translate(FOLDED)
    plain = AFTER_HEH.sub("", re.sub(r"['’]s$", "", plain))
    return "".join(_plain(letter) for letter in plain)[:LONGEST]


def _plain(letter: str) -> str:
    """Return a Latin letter without its accent, other letters as they are, a digit as ASCII, and an empty string
    for everything else."""
    if letter.isascii():
        return letter if letter.isalnum() else ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if not letter.isalnum():
        return ""
    # Only Latin letters lose their accents: й is a different letter than и.
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


@lru_cache(maxsize=50_000)
def stem(word: str, code: str) -> str:
    """Return the stem of a folded word in the language `code`; the word itself for languages without a stemmer."""
    base = code.split("-")[0]
    if base == "tg":
        return _tajik_stem(word)
    if base not in STEMMERS:
        return word
    further = _stemmer(base).stemWord
    # A stemmer stores the word that it works on, and the server has several threads.
    with ONE_AT_A_TIME:
        return (persian.stem(word, further) if base == "fa" else further(word)) or word


@lru_cache
def _stemmer(base: str) -> Stemmer:
    return snowballstemmer.stemmer(STEMMERS[base])


def _tajik_stem(word: str) -> str:
    for ending in TAJIK_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


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
