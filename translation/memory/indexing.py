"""The index of source strings by their words. It follows the approved and the foreign texts: what changes is
recorded with the change, by the hash of the string, and done by the worker."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Greatest
from wagtail.models import Locale
from wagtail_localize.models import String

from core import work
from translation.memory.similarity import plain, words_of
from translation.models import MemoryOccurrence, MemorySource, MemoryText, MemoryWord, Unit

WORK = "translation_memory"
SLICE = 100
BATCH = 1_000
Key = tuple[int, UUID]
"""The id of the source language, and the hash of the source string."""


def register() -> None:
    """Register the recorded work; called in `AppConfig.ready()`."""
    work.register(WORK, lambda keys: index([UUID(key) for key in keys]), slice_size=SLICE)


def note(hashes: Iterable[UUID | str]) -> None:
    """Record that texts of these source strings were approved, brought or deleted."""
    work.record(WORK, {str(each) for each in hashes})


def after_text_changed(instance: Unit | MemoryText, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `post_save` and `post_delete`: record the string. Bulk writes have to call `note` themselves."""
    if not raw:
        note([instance.string_hash])


@transaction.atomic
def index(hashes: Collection[UUID]) -> None:
    """Make the index agree with the texts there are for these source strings."""
    stored = {(row.locale_id, row.string_hash): row for row in MemorySource.objects.filter(string_hash__in=hashes)}
    wanted = _wanted(hashes, stored)
    _remove([row for key, row in stored.items() if key not in wanted])
    changed = []
    for key, row in stored.items():
        if key in wanted and row.languages != wanted[key].languages:
            row.languages = wanted[key].languages
            changed.append(row)
    MemorySource.objects.bulk_update(changed, ["languages"], batch_size=BATCH)
    _add([row for key, row in wanted.items() if key not in stored])


def rebuild() -> int:
    """Make the whole index anew, and return how many source strings it has. Words are counted once, at the end:
    PostgreSQL keeps each state of a row until the transaction ends, and looks through all of them for every
    foreign key that it checks then."""
    with transaction.atomic():
        MemoryOccurrence.objects.all().delete()
        MemoryWord.objects.all().delete()
        MemorySource.objects.all().delete()
        for some in _slices(_all_hashes()):
            _add_uncounted([*_wanted(some, {}).values()])
        occurrences = MemoryOccurrence.objects.filter(word=OuterRef("pk")).order_by().values("word")
        MemoryWord.objects.update(count=Subquery(occurrences.annotate(number=Count("pk")).values("number")))
    return MemorySource.objects.count()


def differing() -> list[UUID]:
    """Return the hashes of the source strings whose rows in the index are missing, superfluous, or have other
    languages or words than the texts."""
    found = []
    for some in _slices(_all_hashes() | set(MemorySource.objects.values_list("string_hash", flat=True))):
        stored = {
            (row.locale_id, row.string_hash): row for row in MemorySource.objects.filter(string_hash__in=some)
        }
        wanted = _wanted(some, stored)
        words = defaultdict(set)
        occurrences = MemoryOccurrence.objects.filter(source__in=[row.pk for row in stored.values()])
        for source, word in occurrences.values_list("source_id", "word__word"):
            words[source].add(word)
        for key in wanted.keys() | stored.keys():
            row, other = stored.get(key), wanted.get(key)
            if (
                row is None
                or other is None
                or row.languages != other.languages
                or words[row.pk] != words_of(row.text)
            ):
                found.append(key[1])
    return found


def _wanted(hashes: Collection[UUID], stored: dict[Key, MemorySource]) -> dict[Key, MemorySource]:
    """Return the unsaved rows that the index should have for these strings. The language of an approved text's
    source is that of the string; of a string that is gone, the one it was stored with, or the site's own."""
    locales: dict[UUID, set[int]] = defaultdict(set)
    for string_hash, locale_id in String.objects.filter(data_hash__in=hashes).values_list(
        "data_hash", "locale_id"
    ):
        locales[string_hash].add(locale_id)
    known = {string_hash: {locale_id} for locale_id, string_hash in stored}
    default = {Locale.get_default().pk}
    texts: dict[Key, str] = {}
    languages: dict[Key, set[int]] = defaultdict(set)
    approved = Unit.objects.approved().filter(string_hash__in=hashes)
    for string_hash, source, locale_id in approved.values_list("string_hash", "source", "locale_id"):
        for source_locale in locales.get(string_hash) or known.get(string_hash) or default:
            texts[source_locale, string_hash] = source
            languages[source_locale, string_hash].add(locale_id)
    foreign = MemoryText.objects.filter(string_hash__in=hashes)
    for string_hash, source, locale_id, source_locale in foreign.values_list(
        "string_hash", "source", "locale_id", "source_locale_id"
    ):
        texts[source_locale, string_hash] = source
        languages[source_locale, string_hash].add(locale_id)
    return {
        key: MemorySource(
            locale_id=key[0],
            string_hash=key[1],
            text=text,
            length=len(plain(text)),
            languages=f",{','.join(map(str, sorted(languages[key])))},",
        )
        for key, text in texts.items()
    }


def _remove(rows: Collection[MemorySource]) -> None:
    if not rows:
        return
    occurrences = MemoryOccurrence.objects.filter(source__in=rows)
    counts = Counter(occurrences.values_list("word_id", flat=True))
    occurrences.delete()
    _count(counts, -1)
    MemoryWord.objects.filter(pk__in=counts, count=0).delete()
    MemorySource.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _add(rows: list[MemorySource]) -> None:
    if rows:
        _count(_add_uncounted(rows), 1)


def _add_uncounted(rows: list[MemorySource]) -> Counter[int]:
    """Store source strings with their words, and return in how many of them each word is, by its id."""
    MemorySource.objects.bulk_create(rows, batch_size=BATCH)
    words = {row.pk: words_of(row.text) for row in rows}
    different = sorted(set().union(*words.values()))
    MemoryWord.objects.bulk_create(
        [MemoryWord(word=word) for word in different], batch_size=BATCH, ignore_conflicts=True
    )
    ids: dict[str, int] = dict(MemoryWord.objects.filter(word__in=different).values_list("word", "pk"))
    occurrences = [(ids[word], source) for source, some in words.items() for word in some]
    MemoryOccurrence.objects.bulk_create(
        [MemoryOccurrence(word_id=word, source_id=source) for word, source in occurrences], batch_size=BATCH
    )
    return Counter(word for word, _source in occurrences)


def _count(counts: Counter[int], sign: int) -> None:
    """Add to the numbers of source strings that have these words, or subtract from them (one query for each
    different number). Words are locked in the same order by all who do so."""
    list(MemoryWord.objects.select_for_update().filter(pk__in=counts).order_by("pk").values_list("pk"))
    alike = defaultdict(list)
    for word, count in counts.items():
        alike[count].append(word)
    for count, words in alike.items():
        MemoryWord.objects.filter(pk__in=words).update(count=Greatest(F("count") + sign * count, 0))


def _all_hashes() -> set[UUID]:
    approved = Unit.objects.approved().order_by().values_list("string_hash", flat=True).distinct()
    return {*approved, *MemoryText.objects.order_by().values_list("string_hash", flat=True).distinct()}


def _slices(hashes: Collection[UUID]) -> Iterator[list[UUID]]:
    ordered = sorted(hashes)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
