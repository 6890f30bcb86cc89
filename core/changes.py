"""When something last changed for readers, also by what was taken away. Written after the commit that changed it,
so that nobody who reads in between takes the old for the new."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone

from core.models import Change

AT_ONCE = 500


def write(marks: Iterable[tuple[UUID, str]]) -> None:
    """Of keys with the code of a language, or "" for all of them. Always in one order: two who write never wait
    for each other."""
    # HTTP knows whole seconds alone: of two states in one second the later one is to look later.
    at = timezone.now().replace(microsecond=0) + datetime.timedelta(seconds=1)
    Change.objects.bulk_create(
        [Change(key=key, code=code, at=at) for key, code in sorted(set(marks))],
        update_conflicts=True,
        unique_fields=["key", "code"],
        update_fields=["at"],
        batch_size=AT_ONCE,
    )


def last_changes(keys: Iterable[UUID] | QuerySet, code: str) -> dict[UUID, datetime.datetime]:
    """For readers of that language (one query)."""
    found = _of(keys, code).values("key").annotate(last=Max("at"))
    return dict(found.values_list("key", "last"))


def last_change(keys: Iterable[UUID] | QuerySet, code: str | None) -> datetime.datetime | None:
    """Of all of them; for readers of any language where none is given."""
    return _of(keys, code).aggregate(last=Max("at"))["last"]


def _of(keys: Iterable[UUID] | QuerySet, code: str | None) -> QuerySet:
    found = Change.objects.order_by().filter(key__in=keys if isinstance(keys, QuerySet) else list(keys))
    return found if code is None else found.filter(code__in=["", code])


def latest(*days: datetime.datetime | None) -> datetime.datetime | None:
    return max((day for day in days if day), default=None)
