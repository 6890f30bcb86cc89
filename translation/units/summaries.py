"""The stored summaries of translations, which lists read in place of all units. Whatever changes a unit calls
`outdate` in its transaction; recorded work counts anew after the commit, and until then readers count for
themselves."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone
from wagtail_localize.models import Translation

from core import work
from translation.models import Review, ReviewStatus, Summary, UnitRow
from translation.units.fingerprints import fingerprint, print_of

WORK = "translation_summaries"
"""The name of the recorded work. Keys: translation keys."""
COUNTED = (
    "missing",
    "needs_review",
    "stale",
    "translated",
    "approved",
    "missing_words",
    "needs_review_words",
    "stale_words",
    "translated_words",
    "approved_words",
    "outdated",
    "source_print",
    "approved_print",
)

Key = tuple[UUID, int]
"""Translation key and id of the language."""


def connect() -> None:
    """Register the work of this module with `core.work`."""
    work.register(WORK, lambda keys: compute(map(UUID, keys)), at_once=5, slice_size=10)


def begin(translation: Translation) -> None:
    """Create the summary of a new translation, empty, and record that it is to be computed."""
    key = translation.source.object_id
    Summary.objects.get_or_create(object_key=key, locale_id=translation.target_locale_id)
    work.record(WORK, [str(key)])


def outdate(key: UUID, locale_id: int | None = None) -> None:
    """Have the summaries of an object counted anew, in one language or in all, after the transaction."""
    rows = Summary.objects.filter(object_key=key)
    # Also those that are outdated: who counts them now may not see this change, and holds a lock until they have
    # been written.
    (rows if locale_id is None else rows.filter(locale=locale_id)).update(computed_at=None)
    work.record(WORK, [str(key)])


def compute(keys: Iterable[UUID]) -> None:
    """Count the outdated summaries of these objects anew. They are locked before their units are read, so that
    none is missed that is changed meanwhile."""
    rows = Summary.objects.filter(object_key__in=list(keys), computed_at=None)
    locked = {(row.object_key, row.locale_id): row for row in rows.select_for_update().order_by("pk")}
    found = counted(translations_at(locked))
    now = timezone.now()
    for place, row in locked.items():
        if new := found.get(place):
            new.pk, new.computed_at = row.pk, now
            new.behind_since = new.behind_since and (row.behind_since or new.behind_since)
            new.save()
    Summary.objects.filter(pk__in=[row.pk for place, row in locked.items() if place not in found]).delete()


def summaries_of(keys: Collection[UUID]) -> dict[Key, Summary]:
    """Return the summaries of objects in all languages into which they were sent. Those that are outdated are
    counted, and not stored (one query; four if there are any)."""
    found = {(row.object_key, row.locale_id): row for row in Summary.objects.filter(object_key__in=keys)}
    outdated = [place for place, row in found.items() if row.computed_at is None]
    return {**found, **counted(translations_at(outdated))} if outdated else found


def translations_at(places: Collection[Key]) -> list[Translation]:
    """Return the translations of these objects in these languages, with their sources (one query)."""
    if not places:
        return []
    keys, locale_ids = ({place[part] for place in places} for part in (0, 1))
    rows = Translation.objects.filter(source__object_id__in=keys, target_locale__in=locale_ids)
    return [row for row in rows.select_related("source") if (row.source.object_id, row.target_locale_id) in places]


def counted(translations: Collection[Translation]) -> dict[Key, Summary]:
    """Return the summaries of translations, counted and not stored (two queries)."""
    if not translations:
        return {}
    units: dict[int, list[UnitRow]] = defaultdict(list)
    shown = UnitRow.objects.filter(translation__in=[each.pk for each in translations])
    for row in shown.only(*_READ):
        units[row.translation].append(row)
    newest = _newest_prints(translations)
    prints: dict[int, str] = {}
    found = {}
    for each in translations:
        if each.source_id not in prints:
            prints[each.source_id] = print_of(each.source)
        place = each.source.object_id, each.target_locale_id
        found[place] = _summary(place, units[each.pk], prints[each.source_id], newest.get(place))
    return found


_READ = ("translation", "path_id", "string_hash", "source", "approved", "stale_since", "was_approved", "standing")


def _summary(place: Key, units: list[UnitRow], source_print: str, newest: str | None) -> Summary:
    strings: Counter[str] = Counter()
    for unit in units:
        strings[unit.standing] += 1
        strings[f"{unit.standing}_words"] += len(unit.source.split())
        strings["outdated"] += bool(unit.stale_since and unit.was_approved)
    summary = Summary(object_key=place[0], locale_id=place[1], source_print=source_print, **strings)
    if all(unit.approved is not None for unit in units):
        texts = ((unit.path_id, unit.string_hash, unit.approved or "") for unit in units)
        summary.approved_print = fingerprint(source_print, texts)
    if newest is not None and newest != summary.approved_print:
        since = [unit.stale_since for unit in units if unit.stale_since]
        summary.behind_since = min(since, default=timezone.now())
    return summary


def _newest_prints(translations: Collection[Translation]) -> dict[Key, str]:
    """Return what the newest approved review of each translation was made from."""
    keys = {each.source.object_id for each in translations}
    rows = Review.objects.filter(object_key__in=keys, status=ReviewStatus.APPROVED).order_by("pk")
    return {(key, locale): made for key, locale, made in rows.values_list("object_key", "locale_id", "made_from")}


def differences(translations: Collection[Translation]) -> Iterator[Translation]:
    """Yield the translations whose summary is missing or says something else than their units. Those that are to
    be counted anyway are left out."""
    stored = {
        (row.object_key, row.locale_id): row
        for row in Summary.objects.filter(object_key__in={each.source.object_id for each in translations})
    }
    truth = counted(translations)
    for each in translations:
        place = each.source.object_id, each.target_locale_id
        known = stored.get(place)
        if known is None or (known.computed_at and _said(known) != _said(truth[place])):
            yield each


def mend(translation: Translation) -> None:
    """Count the summary of a translation anew."""
    begin(translation)
    outdate(translation.source.object_id, translation.target_locale_id)
    compute([translation.source.object_id])


def _said(row: Summary) -> tuple[Any, ...]:
    return (*(getattr(row, name) for name in COUNTED), row.behind_since is None)
