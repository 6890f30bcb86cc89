"""Writing the table of lists: for some translation keys after a change, or all of it; and comparing it with what
it must be."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from campaigns.kinds import KINDS
from campaigns.listings.rows import rows_of
from campaigns.models import ListedMonth, Listing, ListingState, NewsPage, NewsPartner, Organisation
from campaigns.models.listing import STORIES
from core.languages.site_languages import LocaleCodes, chain
from core.stamps import tags
from core.stamps.stamping import stamp
from core.typed import Translatable

RULES = 1
"""To be counted up when the rules of `campaigns.listings.rows` change: the next `migrate` then writes all anew."""
AT_ONCE = 500
"""Keys that are compared, and rows that are written, together."""
COMPARED = (
    "kind",
    "scope",
    "locale_id",
    "key",
    "newest",
    "original",
    "row",
    "own",
    "story",
    "tied",
    "story_day",
    "until",
    "published",
)

Month = tuple[UUID, int, int]
"""A scope, the primary key of a language, and a month."""


@transaction.atomic(savepoint=False)
def refresh(keys: Collection[UUID]) -> None:
    """Write what the lists show of the stories, material and organisations with these translation keys, in all
    languages, and of what follows them: the material of the stories, and their partners. Stamp the lists that
    have changed."""
    _lock()
    for some in slices(keys):
        written = _write({*some, *_material_of(some)})
        if stories := {row.key for row in written if row.kind == STORIES}:
            ties = NewsPartner.objects.filter(page__translation_key__in=stories).order_by()
            written += _write(set(ties.values_list("organisation__translation_key", flat=True)))
        stamp(list_tags(written))


def list_tags(rows: Iterable[Listing]) -> set[str]:
    """Return the tags of the lists in which these rows appear or disappear."""
    rows = list(rows)
    found = content_tags(rows)
    for row in rows:
        years = (None, row.newest // 10_000, row.story_day // 10_000)
        found |= {tags.listed(row.scope, row.locale_id, year) for year in years}
    return found


def content_tags(rows: Iterable[Listing]) -> set[str]:
    """Return the tags of what the lists show in which these rows are: as a whole, by kind, and by year."""
    found: set[str] = set()
    for row in rows:
        year = (row.story_day or row.newest) // 10_000
        found |= {tags.content(row.scope, row.locale_id, part) for part in ("", row.kind, year)}
    return found


@transaction.atomic
def rebuild() -> None:
    """Write the whole table anew."""
    state = _lock()
    ListedMonth.objects.all().delete()
    Listing.objects.all().delete()
    for some in slices(all_keys()):
        _write(set(some))
    state.made_for = made_for()
    state.save()
    stamp([tags.EVERYTHING])


@transaction.atomic
def repair() -> None:
    """Write what differs from what the table must be."""
    _lock()
    for some in slices(all_keys()):
        stamp(list_tags(_write(set(some))))
    if months_differ():
        ListedMonth.objects.all().delete()
        _write_months(_counted())


def is_made_for_this_site() -> bool:
    """Return whether the table was made by these rules, for these languages and fallback languages."""
    return ListingState.objects.filter(made_for=made_for()).exists()


def made_for() -> str:
    return json.dumps([RULES, {code: [pk, chain(code)] for code, pk in sorted(LocaleCodes.ids().items())}])


def refresh_ended() -> int:
    """Remove what consent has ended for, and return how many objects that were."""
    ended = Listing.objects.filter(until__lt=timezone.localdate()).order_by()
    keys = set(ended.values_list("key", flat=True))
    if keys:
        refresh(keys)
    return len(keys)


def differences(keys: Collection[UUID]) -> tuple[list[Listing], list[Listing]]:
    """Return the stored rows of these keys that must not be, and the unsaved ones that are missing. A row that has
    changed is among both."""
    stored = {_values(row): row for row in Listing.objects.filter(key__in=keys)}
    wanted = {_values(row): row for row in rows_of(keys)}
    return (
        [row for values, row in stored.items() if values not in wanted],
        [row for values, row in wanted.items() if values not in stored],
    )


def all_keys() -> set[UUID]:
    """Return the translation keys of all that is or may be in a list."""
    keys = set(Listing.objects.order_by().values_list("key", flat=True).distinct())
    models: list[type[Translatable]] = [NewsPage, Organisation, *(kind.model for kind in KINDS)]
    for model in models:
        keys |= set(model._base_manager.order_by().values_list("translation_key", flat=True).distinct())
    return keys


def slices(keys: Iterable[UUID]) -> Iterator[list[UUID]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def months_differ() -> bool:
    """Return whether the numbers of stories by month differ from the rows that they count."""
    months = ListedMonth.objects.values_list("scope", "locale_id", "month", "stories")
    return {row[:3]: row[3] for row in months} != _counted()


def _values(row: Listing) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in COMPARED)


def _lock() -> ListingState:
    """Lock the table's state, so that only one transaction at a time writes the table. Who waited sees what the
    other has committed; languages are read anew, as rows refer to them."""
    LocaleCodes.clear()
    state = ListingState.objects.select_for_update().order_by("pk").first()
    return state or ListingState.objects.create(made_for=made_for())


def _material_of(stories: Collection[UUID]) -> set[UUID]:
    """Return the keys of the material that comes from these stories, or did when the table was written."""
    first, *others = (
        kind.model._base_manager.filter(**{f"{kind.story_field}__translation_key__in": stories})
        .order_by()
        .values_list("translation_key")
        for kind in KINDS
    )
    listed = Listing.objects.filter(story__in=stories).order_by().values_list("key")
    return {key for (key,) in first.union(*others, listed)}


def _write(keys: Collection[UUID]) -> list[Listing]:
    """Write what differs for these keys, and return the rows that were deleted and those that were made."""
    superfluous, missing = differences(keys)
    for start in range(0, len(superfluous), AT_ONCE):
        Listing.objects.filter(pk__in=[row.pk for row in superfluous[start : start + AT_ONCE]]).delete()
    Listing.objects.bulk_create(missing, batch_size=AT_ONCE)
    _count(superfluous, missing)
    return [*superfluous, *missing]


def _count(deleted: Iterable[Listing], made: Iterable[Listing]) -> None:
    """Count deleted and new stories in their months."""
    changes: Counter[Month] = Counter()
    for rows, step in ((deleted, -1), (made, 1)):
        for row in rows:
            if row.kind == STORIES:
                changes[row.scope, row.locale_id, row.newest // 100] += step
    changes = Counter({month: step for month, step in changes.items() if step})
    if not changes:
        return
    scopes, locales, months = (set(each) for each in zip(*changes, strict=True))
    known = ListedMonth.objects.filter(scope__in=scopes, locale__in=locales, month__in=months)
    for scope, locale, month, stories in known.values_list("scope", "locale_id", "month", "stories"):
        if (scope, locale, month) in changes:
            changes[scope, locale, month] += stories
    _write_months(changes)
    known.filter(stories=0).delete()


def _write_months(stories: dict[Month, int]) -> None:
    ListedMonth.objects.bulk_create(
        [
            ListedMonth(scope=scope, locale_id=locale, month=month, stories=number)
            for (scope, locale, month), number in stories.items()
        ],
        update_conflicts=True,
        unique_fields=["scope", "locale", "month"],
        update_fields=["stories"],
        batch_size=AT_ONCE,
    )


def _counted() -> dict[Month, int]:
    """Return the number of stories of each month, counted in the table."""
    rows: QuerySet[Any] = Listing.objects.filter(kind=STORIES).order_by().annotate(month=F("newest") / 100)
    counted = rows.values("scope", "locale_id", "month").annotate(stories=Count("pk"))
    return {row[:3]: row[3] for row in counted.values_list("scope", "locale_id", "month", "stories")}
