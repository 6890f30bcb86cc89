"""Stemming of Persian nouns before Snowball's stemmer, which leaves some endings or cuts them in the wrong place:
plural, ezafe after a vowel, and the indefinite ending (“a”). It works on folded words, which have no zero-width
non-joiner. An ending is not cut where a different word would remain: باران (rain) stays, although بار (load) is a
word."""

import re
from collections.abc import Callable

# Plural in ها with the endings that may follow: ezafe, indefinite, possessive pronouns.
HA = re.compile(r"(.{2,})ها(?:ی|یی|ی?م|ی?ت|ی?ش|یمان|یتان|یشان)?")
GAN = re.compile(r"(.{3,})گان")
AN_WITH_MORE = re.compile(r"(.{3,}ان)(?:ی|م|ت|ش|مان|تان|شان)")
# Plural in ان after ر or س. Snowball leaves all these words, because of باران and آسان.
AN = re.compile(r"(.{3,}[رس])ان")
# Ezafe and indefinite ending after a vowel: صدای, صدایی, گفتگوی. Shorter words may be complete, such as پای.
AFTER_VOWEL = re.compile(r"(.{2,}ا|.{3,}و)یی?")

# Plurals whose remainder would be too short for the rules, or that look like other words.
PLURALS = {
    "زنان": "زن",
    "مردان": "مرد",
    "پسران": "پسر",
    "پدران": "پدر",
    "دوستان": "دوست",
    "سرپرستان": "سرپرست",
    "بانوان": "بانو",
    "پیروان": "پیرو",
    "بزرگان": "بزرگ",
    "بچگان": "بچه",
}
# Words that only look like a plural or a derived form; Snowball cuts some of them.
WHOLE = frozenset(
    "تنها انها رایگان بازرگان میزبان مهربان بیابان خیابان مازندران زعفران کامران سخنران حکمران هراسان "
    "خراسان".split()
)


def stem(word: str, further: Callable[[str], str]) -> str:
    """Return the stem of a folded word. `further` is Snowball's stemmer, which is applied to the singular."""
    shorter = _without_an_ending(word)
    while shorter != word:
        word, shorter = shorter, _without_an_ending(shorter)
    return word if word in WHOLE else further(word)


def _without_an_ending(word: str) -> str:
    """Return the word without its last ending, or the word itself if there is none to cut."""
    if word in WHOLE:
        return word
    if word in PLURALS or word.removesuffix("ان") in WHOLE:
        return PLURALS.get(word) or word.removesuffix("ان")
    if match := GAN.fullmatch(word):
        return f"{match[1]}ه"
    for ending in (HA, AN_WITH_MORE, AN, AFTER_VOWEL):
        match = ending.fullmatch(word)
        if match and f"{match[1]}ها" not in WHOLE:
            return match[1]
    return word
