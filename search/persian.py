"""The endings of Persian nouns that Snowball's stemmer leaves or cuts in the wrong place, on folded words, where
no joiner is left: the plurals, the ezafe after a vowel, and “a”. Nothing is cut where another word would be left:
باران (rain) stays, though بار (load) is a word."""

import re
from collections.abc import Callable

# Plural with what follows it: of, a, my, your, his, our, their.
HA = re.compile(r"(.{2,})ها(?:ی|یی|ی?م|ی?ت|ی?ش|یمان|یتان|یشان)?")
GAN = re.compile(r"(.{3,})گان")
AN_WITH_MORE = re.compile(r"(.{3,}ان)(?:ی|م|ت|ش|مان|تان|شان)")
# Snowball leaves all words that end so, because of باران and آسان.
AN = re.compile(r"(.{3,}[رس])ان")
# Ezafe and “a” after a vowel: صدای, صدایی, گفتگوی. A shorter one may be a word of its own, such as پای.
AFTER_VOWEL = re.compile(r"(.{2,}ا|.{3,}و)یی?")

# Of which too little would be left to tell, or which look like others.
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
    """`further` goes on from the singular: Snowball's."""
    shorter = _without_an_ending(word)
    while shorter != word:
        word, shorter = shorter, _without_an_ending(shorter)
    return word if word in WHOLE else further(word)


def _without_an_ending(word: str) -> str:
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
