"""Words as the index knows them: of one script, without what readers leave out when they type, and cut down to
their stem. Everything is done here and nothing in the database, so that both databases find the same."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

from search import persian

MAX_WORDS = 8
MAX_LENGTH = 200
LONGEST = 60
"""Letters of a word; whatever is longer is no word that anybody looks for."""

# Marks that stand on or between letters and do not end a word: accents, vowel signs, joiners, soft hyphens.
MARKS = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
MARKS += "\u200c\u200d\u2060\ufeff"
JOINER = "\u200c"
# What parts the thousands of a number: 1,840 or ۱٬۸۴۰, and in Russian a space that does not break.
THOUSANDS = ",٬،\u00a0\u2009\u202f"
LETTERS = rf"[^\W_](?:[^\W_]|[{MARKS}])*(?:['’]s\b)?"
GROUPED = r"\d{{1,3}}(?:([{parted}])\d{{3}})(?:\1\d{{3}})*(?![^\W_])"
ASKED = re.compile(f"{GROUPED.format(parted=THOUSANDS)}|{LETTERS}")
WRITTEN = re.compile(f"{GROUPED.format(parted=THOUSANDS + ' ')}|{LETTERS}")
PARTED = re.compile(f"[{JOINER}{THOUSANDS} ]")

FOLDED = str.maketrans(
    {
        **dict(zip("ёғӣқӯўҳҷ", "егикуухч", strict=True)),
        # The letters of other keyboards for the Persian ones, and the seats of hamza. NFKC has made one of a
        # letter and its hamza before, where there is one; else the hamza is a mark, and goes.
        **dict.fromkeys("يىئېےۓێۍؽ", "ی"),
        **dict.fromkeys("كڪګڬ", "ک"),
        **dict.fromkeys("ةۀەہۂۃھ", "ه"),
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ؤۆۇ", "و"),
        **dict.fromkeys("ـءٴۥۦ"),
    }
)
# Of ezafe and of “a”, as they are written after this letter: خانه‌ی and خانه‌ای as خانهٔ.
AFTER_HEH = re.compile(rf"(?<=[^\W_]ه){JOINER}ا?ی$")
STEMMERS = {"en": "english", "ru": "russian", "fa": "persian"}
ONE_AT_A_TIME = Lock()

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


def found_in(text: str, words: re.Pattern[str] = WRITTEN) -> Iterator[Found]:
    return (Found(match.start(), match.end(), match.group()) for match in words.finditer(text))


def parts(word: str) -> list[str]:
    """Of a word that a joiner holds together or a number in groups. Some type them with a space."""
    found = PARTED.split(word)
    return found if len(found) > 1 else []


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """One word: lower case, letters that people type for one another made one, no marks."""
    plain = unicodedata.normalize("NFKC", word).casefold().translate(FOLDED)
    plain = AFTER_HEH.sub("", re.sub(r"['’]s$", "", plain))
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
    if base not in STEMMERS:
        return word
    further = _stemmer(base).stemWord
    # A stemmer keeps the word that it works on, and the server asks in several threads.
    with ONE_AT_A_TIME:
        return (persian.stem(word, further) if base == "fa" else further(word)) or word


@lru_cache
def _stemmer(base: str):
    return snowballstemmer.stemmer(STEMMERS[base])


def _tajik_stem(word: str) -> str:
    for ending in TAJIK_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def folded_words(text: str) -> list[str]:
    """In their order, each with its parts."""
    words = (folded(each) for found in found_in(text) for each in (found.text, *parts(found.text)))
    return [word for word in words if word]


def stems(text: str, code: str) -> list[str]:
    return [stem(word, code) for word in folded_words(text)]


def asked_words(asked: str) -> list[str]:
    """What a reader asks for, as folded words: letters and digits only, for the database's own query language
    is not the reader's. Numbers with a plain space between them may be two."""
    words = (folded(each.text) for each in found_in(asked[:MAX_LENGTH], ASKED))
    return list(dict.fromkeys(word for word in words if word))[:MAX_WORDS]


def clean(asked: str) -> str:
    """What can be shown again: no control characters, and not endless."""
    kept = (letter for letter in asked[:MAX_LENGTH] if letter.isprintable() or letter in "\u200c\u200d")
    return "".join(kept).strip()
