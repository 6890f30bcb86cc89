"""The words of the entries with the number of pages that have them, by language. A word is deleted with the last
page that has it."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction

from core.languages.stems import folded
from search.models import Word
from search.words import found_in

SHORTEST = 3
AT_ONCE = 500

Counts = Counter[tuple[int, str]]  # (locale id, word)


def words_of(text: str) -> set[str]:
    """Return the words of a text, in lower case, that may be suggested: letters only, SHORTEST to 80 of them."""
    words = (found.text.lower() for found in found_in(text))
    return {
        word for word in words if SHORTEST <= len(word) <= 80 and word.isalpha() and len(folded(word)) >= SHORTEST
    }


def add(changes: Counts) -> None:
    """Add changes, which may be negative, to the stored counts, in slices of AT_ONCE. Delete words that no page
    has any more."""
    # In a fixed order, so that two transactions cannot deadlock.
    changed = sorted((place, number) for place, number in changes.items() if number)
    for start in range(0, len(changed), AT_ONCE):
        _upsert(changed[start : start + AT_ONCE])
    if any(number < 0 for _place, number in changed):
        Word.objects.filter(pages__lte=0).delete()


def replace(counts: Counts) -> None:
    """Replace all stored counts, of every language, by these, in one transaction."""
    with transaction.atomic():
        Word.objects.all().delete()
        add(counts)


def _upsert(changed: Iterable[tuple[tuple[int, str], int]]) -> None:
    params: list[int | str] = []
    for (locale, word), number in changed:
        plain = folded(word)
        params += [locale, word, plain, plain[0], plain[:3], plain[1:4], len(plain), number]
    row = f"({', '.join(['%s'] * 8)})"
    sql = (
        "INSERT INTO search_word (locale_id, word, folded, letter, start, second, length, pages) "
        f"VALUES {', '.join([row] * (len(params) // 8))} "
        "ON CONFLICT (locale_id, word) DO UPDATE SET pages = search_word.pages + excluded.pages"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
