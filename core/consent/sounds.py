"""Compare names across scripts by their consonants: “Halimova”, «Халимова» and «حلیموا»."""

import re
from functools import lru_cache

from anyascii import anyascii

FEWEST = 3
"""A name of one word must have more consonants than this to be recognised; each part of a longer name needs
two."""

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
# Spellings of one sound; the longer ones first.
_SAME = (
    *(("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("tz", "ts")),
    *(("x", "h"), ("q", "k"), ("w", "v"), ("c", "k")),
)
_KEPT = (("ch", "1"), ("sh", "2"), ("ts", "3"))
_NO_CONSONANT = re.compile(r"[^b-df-hj-np-tvxz0-9]+")


def script_of(word: str) -> str:
    """Return "arabic", "cyrillic" or "latin" (for everything else)."""
    if _ARABIC.search(word):
        return "arabic"
    return "cyrillic" if _CYRILLIC.search(word) else "latin"


def consonants(word: str, with_arabic: bool) -> str:
    """Return the consonants of a word in any script, in Latin letters. With `with_arabic` leave out "v" and a
    final "h", for comparing with Arabic script, which writes long vowels and a silent ending with these
    letters."""
    latin = anyascii(word).lower()
    for spelling, sound in (*_KEPT, *_SAME):
        latin = latin.replace(spelling, sound)
    if with_arabic:
        latin = re.sub("h$", "", latin.replace("v", ""))
    return re.sub(r"(.)\1+", r"\1", _NO_CONSONANT.sub("", latin))


# Cached, because one name is compared with each word of a text.
_of_name = lru_cache(maxsize=256)(consonants)


def may_be_the_same(word: str, name: str, fewest: int = 2) -> bool:
    """Return whether a word may be the name written in another script: both have the same consonants. Always False
    within one script, or if the name has fewer than `fewest` consonants."""
    scripts = {script_of(word), script_of(name)}
    if len(scripts) == 1:
        return False
    with_arabic = "arabic" in scripts
    sound = _of_name(name, with_arabic)
    return len(sound) >= fewest and consonants(word, with_arabic) == sound
