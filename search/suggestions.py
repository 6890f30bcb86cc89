"""Corrections and completions of searches, from the words of entries that everybody may read."""

import difflib
from collections.abc import Iterable, Sequence
from itertools import islice

from django.db.models import Q

from core.languages.stems import folded, stem
from search.engines import Condition, engine
from search.models import Text, Word
from search.vocabulary import words_of
from search.words import asked_words

CLOSE = 0.74
"""Least similarity of a correction, as `difflib` measures it. One wrong letter in four is similar enough."""
CANDIDATES = 600
MOST_UNKNOWN = 3
SHORTEST = 3
WORDS, TITLES = 3, 5
TRIED = 8
"""Most candidates that are checked for whether readers may still find them."""
PAGES_ASKED = 20


class Vocabulary:
    """The words of a language in entries that readers may find at this moment (`where`). The table of words alone
    is not enough: it may still contain words of an entry that is waiting to be written again."""

    def __init__(self, code: str, locale: int, where: Condition) -> None:
        self.code, self.where = code, where
        self.rows = Word.objects.filter(locale=locale)

    def has(self, word: str) -> bool:
        """Return whether readers may find the word. The texts of up to PAGES_ASKED pages with its stem are
        searched for it."""
        pages = engine().some(stem(folded(word), self.code), self.where, PAGES_ASKED)
        texts = Text.objects.filter(entry__in=pages)
        return any(word in words_of(f"{text.title}\n{text.body}") for text in texts.iterator())

    def first(self, words: Iterable[str], count: int) -> list[str]:
        """Return the first `count` of these words that readers may find."""
        return list(islice((word for word in words if self.has(word)), count))

    def known(self, asked: Sequence[str]) -> set[str]:
        """Return those of these folded words that are in the vocabulary in some spelling that readers may find."""
        rows = self.rows.filter(folded__in=asked).order_by("-pages", "pk").values_list("folded", "word")
        return {plain for plain, word in rows if self.has(word)}


def meant(asked: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the search with up to MOST_UNKNOWN unknown words corrected, or an empty string if nothing can be
    corrected. `asked` are folded words; numbers are not corrected."""
    known = vocabulary.known(asked)
    unknown = [word for word in asked if word not in known and not word.isdecimal()][:MOST_UNKNOWN]
    better = [_closest(word, vocabulary) if word in unknown else word for word in asked]
    return " ".join(word or asked[place] for place, word in enumerate(better)) if _differs(better, asked) else ""


def _differs(better: Sequence[str], asked: Sequence[str]) -> bool:
    return any(word and word != asked[place] for place, word in enumerate(better))


def _closest(word: str, vocabulary: Vocabulary) -> str:
    """Return the most similar word that readers may find, or an empty string: also for words shorter than
    SHORTEST, and if none has at least the similarity CLOSE."""
    if len(word) < SHORTEST:
        return ""
    if swapped := _swapped(word, vocabulary):
        return swapped
    # Candidates have the same first letter, or the same three letters after a first one that is wrong, missing or
    # extra.
    near = Q(letter=word[0]) | Q(second__in=[word[1:4], word[:3]]) | Q(start=word[1:4])
    candidates = vocabulary.rows.filter(near, length__range=(len(word) - 2, len(word) + 2))
    best: dict[str, str] = {}
    for plain, written in candidates.order_by("-pages", "pk").values_list("folded", "word")[:CANDIDATES]:
        best.setdefault(plain, written)
    closest = difflib.get_close_matches(word, best, n=TRIED, cutoff=CLOSE)
    return next(iter(vocabulary.first((best[plain] for plain in closest), 1)), "")


def _swapped(word: str, vocabulary: Vocabulary) -> str:
    """Return the most frequent word that differs by two swapped neighbouring letters and that readers may find, or
    an empty string. For difflib these are two mistakes, so that it would prefer a word with a letter left out."""
    near = [f"{word[:n]}{word[n + 1]}{word[n]}{word[n + 2 :]}" for n in range(len(word) - 1)]
    rows = vocabulary.rows.filter(folded__in=near).order_by("-pages", "pk")
    return next(iter(vocabulary.first(rows.values_list("word", flat=True)[:TRIED], 1)), "")


def completions(asked: str, vocabulary: Vocabulary) -> list[str]:
    """Return suggestions for what is being typed: up to WORDS most frequent words that begin with it, if it is a
    single word, and up to TITLES newest titles that have all of its words. Return none if it has fewer than
    SHORTEST letters."""
    words = asked_words(asked)
    if sum(len(word) for word in words) < SHORTEST:
        return []
    *before, last = words
    rows = vocabulary.rows.filter(start=last[:3], folded__startswith=last).order_by("-pages", "pk")
    found = vocabulary.first(rows.values_list("word", flat=True)[:TRIED], WORDS) if not before else []
    pages = engine().titles(words, vocabulary.where, TITLES)
    titles = Text.objects.in_bulk(pages)
    unique = {folded(text): text for text in [*found, *(titles[pk].title for pk in pages if pk in titles)]}
    return list(unique.values())
