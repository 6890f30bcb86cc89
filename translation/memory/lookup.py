"""Suggestions for a source string: the texts of equal and similar ones."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from core.consent.withheld import withheld_words
from translation.checks.numbers import missing_and_added
from translation.localize.models import string_hash
from translation.memory.similarity import Likeness, plain, words_of
from translation.models import MemoryOccurrence, MemorySource, MemoryText, MemoryWord, Unit
from translation.withheld import is_withheld

LEAST = 0.7
"""The least similarity of a fuzzy match."""
RAREST = 6
"""How many words of a string are looked up, the rarest first."""
MOST_OCCURRENCES = 4_000
"""How many strings may have the words that are looked up, together; a word beyond that is left out."""
CANDIDATES = 200
FETCHED = 800
"""How many strings with these words are looked at, those with the most first."""
COMPARED = 40_000
"""How many characters of source strings are compared at most: fewer candidates of long strings."""


@dataclass(frozen=True)
class Suggestion:
    """A text for a source string. `source` is the one that it translates, `score` the similarity in percent, 100
    for an equal string only. `origin` is the title of the object or the name of the file that it comes from, `by`
    who approved or brought it, and `at` when. `without_codes` says that codes of another program were left out.
    `figures_differ` says that it does not have the figures of the string that is translated now."""

    text: str
    source: str
    score: int
    origin: str
    by: str
    at: datetime.datetime
    is_foreign: bool
    figures_differ: bool
    without_codes: bool = False


@dataclass(frozen=True)
class _Text:
    string_hash: UUID
    source: str
    text: str
    origin: str
    by: str
    at: datetime.datetime
    object_key: UUID | None = None
    is_foreign: bool = False
    without_codes: bool = False


def suggestions(source: str, source_locale: Locale, language: Locale, limit: int = 3) -> list[Suggestion]:
    """Return the best texts of the memory for a source string, in a language: those of the equal string, then
    those of similar ones, approved before foreign, the newest first, each text once (at most seven queries)."""
    key = string_hash(source)
    scores = {key: 100, **_similar(source, key, source_locale, language)}
    ordered = sorted(
        _texts(scores, source_locale, language),
        key=lambda each: (-scores[each.string_hash], each.is_foreign, -each.at.timestamp()),
    )
    best = list({each.text: each for each in reversed(ordered)}.values())[::-1][:limit]
    titles = _titles({each.object_key for each in best if each.object_key and not each.origin})
    return [
        Suggestion(
            each.text,
            each.source,
            scores[each.string_hash],
            each.origin or titles.get(each.object_key, ""),
            each.by,
            each.at,
            each.is_foreign,
            any(missing_and_added(plain(source), plain(each.text))),
            each.without_codes,
        )
        for each in best
    ]


def _similar(source: str, key: UUID, source_locale: Locale, language: Locale) -> dict[UUID, int]:
    """Return the similarity in percent of the indexed strings that are similar enough, by their hash."""
    text = plain(source)
    words = _rarest(words_of(source))
    if not words:
        return {}
    likeness = Likeness(text)
    found = {}
    for string_key, other in _candidates(words, len(text), source_locale, language):
        if string_key != key and (ratio := likeness.to(plain(other), LEAST)):
            # Strings that differ in their tags only are not equal.
            found[string_key] = min(int(ratio * 100), 99)
    return found


def _rarest(words: Collection[str]) -> list[int]:
    """Return the ids of the rarest words that are in the index, the first in any case."""
    rows = MemoryWord.objects.filter(word__in=words, count__gt=0).order_by("count").values_list("pk", "count")
    chosen: list[int] = []
    occurrences = 0
    for pk, count in rows[:RAREST]:
        occurrences += count
        if chosen and occurrences > MOST_OCCURRENCES:
            break
        chosen.append(pk)
    return chosen


def _candidates(words: list[int], length: int, source_locale: Locale, language: Locale) -> list[tuple[UUID, str]]:
    """Return hash and text of the source strings that have the most of these words, of those that may be similar
    by their length and have a text in the language. The words are counted first, apart from the strings: databases
    do not always begin with them."""
    occurrences = MemoryOccurrence.objects.filter(word__in=words).values_list("source", flat=True)
    hits = Counter(occurrences[:MOST_OCCURRENCES])
    rows = MemorySource.objects.filter(
        pk__in=[pk for pk, _count in hits.most_common(FETCHED)],
        locale=source_locale,
        languages__contains=f",{language.pk},",
        length__range=(int(length * LEAST / (2 - LEAST)), int(length * (2 - LEAST) / LEAST) + 1),
    )
    found = sorted(rows.values_list("pk", "string_hash", "text"), key=lambda row: -hits[row[0]])
    most = max(min(CANDIDATES, COMPARED // max(length, 1)), 1)
    return [(string_key, text) for _pk, string_key, text in found[:most]]


def _texts(hashes: Collection[UUID], source_locale: Locale, language: Locale) -> Iterator[_Text]:
    """Yield the texts in a language of these source strings, without those with withdrawn words: a page that has
    them keeps them until somebody removes them there."""
    withheld = withheld_words()
    for each in _stored_texts(hashes, source_locale, language):
        if not is_withheld(withheld, (each.source, each.text)):
            yield each


def _stored_texts(hashes: Collection[UUID], source_locale: Locale, language: Locale) -> Iterator[_Text]:
    approved = (
        Unit.objects.approved().filter(string_hash__in=hashes, locale=language).select_related("approved_by")
    )
    for row in approved:
        assert row.approved_at is not None  # of approved ones
        by = row.approved_by.get_full_name() or row.approved_by.get_username() if row.approved_by else ""
        yield _Text(row.string_hash, row.source, row.approved_text, "", by, row.approved_at, row.object_key)
    foreign = MemoryText.objects.filter(string_hash__in=hashes, locale=language, source_locale=source_locale)
    for brought in foreign.select_related("brought_by"):
        by = brought.brought_by.get_full_name() or brought.brought_by.get_username() if brought.brought_by else ""
        yield _Text(
            brought.string_hash,
            brought.source,
            brought.text,
            brought.origin,
            by,
            brought.brought_at,
            is_foreign=True,
            without_codes=brought.without_codes,
        )


def _titles(keys: Collection[UUID]) -> dict[UUID | None, str]:
    """Return the titles of objects that were sent for translation, also of deleted ones."""
    return dict(TranslationSource.objects.filter(object_id__in=keys).values_list("object_id", "object_repr"))
