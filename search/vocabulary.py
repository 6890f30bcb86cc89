"""The words of the entries, counted by language, so that a word is forgotten with the last page that has it."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction

from search.models import Word
from search.words import folded, found_in

SHORTEST = 3
AT_ONCE = 500

Counts = Counter  # of (locale id, word)


def words_of(text: str) -> set[str]:
    """As they are written, in small letters: no numbers, and nothing shorter than what is suggested."""
    words = (found.text.lower() for found in found_in(text))
    return {
        word for word in words if SHORTEST <= len(word) <= 80 and word.isalpha() and len(folded(word)) >= SHORTEST
    }


def add(changes: Counts) -> None:
    """`changes` may be negative."""
    # In one order, so that two who do the same at once do not wait for each other.
    changed = sorted((place, number) for place, number in changes.items() if number)
    for start in range(0, len(changed), AT_ONCE):
        _upsert(changed[start : start + AT_ONCE])
    if any(number < 0 for _place, number in changed):
        Word.objects.filter(pages__lte=0).delete()


def replace(counts: Counts) -> None:
    with transaction.atomic():
        Word.objects.all().delete()
        add(counts)


def _upsert(changed: Iterable[tuple[tuple[int, str], int]]) -> None:
    params = []
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
