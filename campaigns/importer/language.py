"""Which of the languages of the site a text is written in, by its letters and its commonest words."""

import re
from collections import Counter

from campaigns.importer.vocabulary import word_set

FEWEST_LETTERS = 80
FEWEST_WORDS = 30
MOST_WORDS = 5_000
ALMOST_ALL = 0.8

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "Latin": "A-Za-z\u00c0-\u024f",
    "Cyrillic": "\u0400-\u052f",
    "Arabic": "\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff",
}
_LETTERS = {name: re.compile(f"[{letters}]") for name, letters in _SCRIPTS.items()}
_TAJIK_LETTERS = re.compile("[ғӣқӯҳҷ]")
_RUSSIAN_LETTERS = re.compile("[ыщць]")
_COMMON = {
    "en": word_set("the of and to in a is was were for on with that by from at are as it their they have has not"),
    "ru": word_set("и в во на не что с со по для это как из от к о об за его её их был была были мы они а но"),
    "tg": word_set("ва дар аз ба барои ки бо ин то он шуд буд аст низ ё худ мо онхо онҳо кард шуданд дорад"),
}
_PERSIAN_LETTERS = re.compile("[پچژگکی]")
SMALLEST_SHARE = 0.06


def language_of(text: str) -> str:
    """Return the code of the language; "other" for one of none of the site's, empty where the text is too short or
    too mixed to tell."""
    counts = {name: len(letters.findall(text)) for name, letters in _LETTERS.items()}
    script, most = max(counts.items(), key=lambda each: each[1])
    if most < FEWEST_LETTERS or most < ALMOST_ALL * sum(counts.values()):
        return ""
    if script == "Arabic":
        return "fa-af" if _PERSIAN_LETTERS.search(text) else "other"
    words = [word.lower() for word in _WORD.findall(text)[:MOST_WORDS]]
    shares = {
        code: sum(map(Counter(words).get, common & set(words))) / len(words) for code, common in _COMMON.items()
    }
    if script == "Latin":
        return "en" if shares["en"] >= SMALLEST_SHARE else "other" if len(words) >= FEWEST_WORDS else ""
    return _cyrillic(text.lower(), shares, len(words))


def _cyrillic(text: str, shares: dict[str, float], words: int) -> str:
    """Tajik is often typed without its own letters, and a Russian text may hold Tajik names."""
    tajik, russian = (len(letters.findall(text)) for letters in (_TAJIK_LETTERS, _RUSSIAN_LETTERS))
    if shares["tg"] > 2 * shares["ru"] and tajik >= russian:
        return "tg"
    if shares["ru"] > 2 * shares["tg"] and russian > tajik:
        return "ru"
    if tajik > 5 * max(russian, 1):
        return "tg"
    if russian > 5 * max(tajik, 1) and shares["ru"] >= SMALLEST_SHARE:
        return "ru"
    return "other" if words >= FEWEST_WORDS and max(shares.values()) < SMALLEST_SHARE / 2 else ""
