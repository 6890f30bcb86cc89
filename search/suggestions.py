"""What may have been meant, and what may come next: from the words of what everybody may read."""

import difflib
from collections.abc import Sequence

from django.db.models import Q

from search.engines import Condition, engine
from search.models import Text, Word
from search.words import asked_words, folded

CLOSE = 0.74
"""How alike a word must be, as difflib measures: one wrong letter in four is."""
CANDIDATES = 600
MOST_UNKNOWN = 3
SHORTEST = 3
WORDS, TITLES = 3, 5


def meant(asked: Sequence[str], locale: int) -> str:
    """The same with each unknown word put right, or nothing where there is no better one."""
    known = set(Word.objects.filter(locale=locale, folded__in=asked).values_list("folded", flat=True))
    unknown = [word for word in asked if word not in known and not word.isdecimal()][:MOST_UNKNOWN]
    better = [_closest(word, locale) if word in unknown else word for word in asked]
    return " ".join(word or asked[place] for place, word in enumerate(better)) if _differs(better, asked) else ""


def _differs(better: Sequence[str], asked: Sequence[str]) -> bool:
    return any(word and word != asked[place] for place, word in enumerate(better))


def _closest(word: str, locale: int) -> str:
    if len(word) < SHORTEST:
        return ""
    if swapped := _swapped(word, locale):
        return swapped
    # The same first letter, or the same three after one that is wrong, missing or too many.
    near = Q(letter=word[0]) | Q(second__in=[word[1:4], word[:3]]) | Q(start=word[1:4])
    candidates = Word.objects.filter(near, locale=locale, length__range=(len(word) - 2, len(word) + 2))
    best: dict[str, str] = {}
    for plain, written in candidates.order_by("-pages", "pk").values_list("folded", "word")[:CANDIDATES]:
        best.setdefault(plain, written)
    closest = difflib.get_close_matches(word, best, n=1, cutoff=CLOSE)
    return best[closest[0]] if closest else ""


def _swapped(word: str, locale: int) -> str:
    """The commonest word that has two neighbouring letters the other way round: one slip, where difflib sees two
    and would rather leave a letter out."""
    near = [f"{word[:n]}{word[n + 1]}{word[n]}{word[n + 2 :]}" for n in range(len(word) - 1)]
    rows = Word.objects.filter(locale=locale, folded__in=near).order_by("-pages", "pk")
    return rows.values_list("word", flat=True).first() or ""


def completions(asked: str, locale: int, where: Condition) -> list[str]:
    """The commonest words that go on as the last one begins, and the newest titles that have all of them."""
    words = asked_words(asked)
    if sum(len(word) for word in words) < SHORTEST:
        return []
    *before, last = words
    rows = Word.objects.filter(locale=locale, start=last[:3], folded__startswith=last).order_by("-pages", "pk")
    found = list(rows.values_list("word", flat=True)[:WORDS]) if not before else []
    pages = engine().titles(words, where, TITLES)
    titles = Text.objects.in_bulk(pages)
    unique = {folded(text): text for text in [*found, *(titles[pk].title for pk in pages if pk in titles)]}
    return list(unique.values())
