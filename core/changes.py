"""When something last changed for readers, also by what was taken away.

A change is recorded in its transaction and its time is written after the commit, so that nobody who reads in
between takes the old for the new. While a change waits for that, everything has changed just now.
"""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Max, QuerySet
from django.utils import timezone
from wagtail.models import Page

from core.stamps.collecting import note
from core.stamps.tags import ANYTHING
from core.work import RecordedWork

WORK = "changes"
"""The name of the recorded work."""
AT_ONCE = 500


class Change(models.Model):
    """The time of the last change or removal of what readers see of a page or in a list, by translation key. The
    row outlives deleted objects, which have no date of their own."""

    key = models.UUIDField()
    code = models.CharField(max_length=10, blank=True)
    """Code of the language in which it changed; empty for all languages."""
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "code"], name="core_change_once")]


def write(marks: Iterable[tuple[UUID, str]]) -> None:
    """Write the next second as the time of the last change of each of these marks, which are pairs of a
    translation key and the code of a language, or "" for all languages. They are written in one order, so that two
    processes never wait for each other."""
    at = next_second()
    Change.objects.bulk_create(
        [Change(key=key, code=code, at=at) for key, code in sorted(set(marks))],
        update_conflicts=True,
        unique_fields=["key", "code"],
        update_fields=["at"],
        batch_size=AT_ONCE,
    )


def next_second() -> datetime.datetime:
    """Return the beginning of the next second. HTTP knows only whole seconds: of two states in one second the
    later one must look later."""
    return timezone.now().replace(microsecond=0) + datetime.timedelta(seconds=1)


def last_unwritten() -> datetime.datetime | None:
    """Return when something last changed whose time is not written: the next second while a recorded change waits
    for this, else when the page that expired last did so; None if there is none (two queries)."""
    if RecordedWork.objects.filter(name=WORK).exists():
        return next_second()
    return Page.objects.filter(live=True, expire_at__lte=timezone.now()).aggregate(last=Max("expire_at"))["last"]


def last_changes(keys: Iterable[UUID] | QuerySet[Any], code: str) -> dict[UUID, datetime.datetime]:
    """Return the time of the last change of each of these translation keys for readers of the language `code`;
    keys that have never changed are left out (one query)."""
    found = _of(keys, code).values("key").annotate(last=Max("at"))
    return dict(found.values_list("key", "last"))


def last_change(keys: Iterable[UUID] | QuerySet[Any], code: str | None) -> datetime.datetime | None:
    """Return the time of the last change of any of these translation keys, for readers of the language `code` or,
    for None, of any language; None if there is none (one query)."""
    return _of(keys, code).aggregate(last=Max("at"))["last"]


def _of(keys: Iterable[UUID] | QuerySet[Any], code: str | None) -> QuerySet[Any]:
    note(ANYTHING)
    found = Change.objects.order_by().filter(key__in=keys if isinstance(keys, QuerySet) else list(keys))
    return found if code is None else found.filter(code__in=["", code])


def latest(*days: datetime.datetime | None) -> datetime.datetime | None:
    return max((day for day in days if day), default=None)
