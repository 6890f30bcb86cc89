"""Folded words (letters that are typed for each other become one, marks are dropped) and their stems, in the
languages of the site."""

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Protocol

import snowballstemmer

from core.languages import persian

LONGEST = 60
"""Most letters of a word; longer ones are cut."""
JOINER = "\u200c"

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

# Snowball has no stemmer for Tajik. What is left of a folded noun without its ending, which is as long as it can
# be: plural (-ҳо, -он, after vowels -ён, before which -ӣ is a -и-), izofat and -ӣ, the object marker -ро, and
# combinations of these. Four letters remain.
TAJIK_STEM = re.compile(
    r"(.{4,}?)(?:хо(?:ямон|ятон|яшон|ям|ят|яш|ро|и)?|он(?:ро|и)?|(?:(?<=[аеоуюя])|и)ен(?:ро|и)?|и?ро|и|е)"
)


class Stemmer(Protocol):
    """A stemmer of snowballstemmer, which has no types."""

    def stemWord(self, word: str) -> str: ...


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
    found = TAJIK_STEM.fullmatch(word)
    return found[1] if found else word
