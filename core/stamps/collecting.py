"""Collection of the tags of what a response is made of, while it is rendered.

Rows are noted when Django makes an instance, and tables when a query reads them, so that most code need not know
of tags. Code that looks for something that may not exist yet notes the tag under which it would appear.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from core.context import held
from core.stamps import tags

LISTED = {
    "wagtailcore_page",
    "core_siteimage",
    "core_siterendition",
    "django_content_type",
    "core_recordedwork",
}
"""Tables whose rows are found by other tags than that of the table: pages by key, parent and menu, images by their
row. Renditions and content types never change what a page shows. `changes.watch` adds others."""

_READ = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@dataclass
class Collected:
    """The tags of what a response is made of. `ends`: when something of it must no longer be shown, or None."""

    tags: set[str] = field(default_factory=lambda: {tags.EVERYTHING})
    ends: datetime.datetime | None = None

    def until(self, moment: datetime.datetime | None) -> None:
        """Note that something of it must not be shown from `moment` on; a moment in the past is ignored."""
        if moment and moment > timezone.now() and (self.ends is None or moment < self.ends):
            self.ends = moment


_collected: ContextVar[Collected | None] = ContextVar("collected", default=None)


@contextmanager
def collecting() -> Iterator[Collected]:
    """Collect tags in the current thread until the end of the block. What is collected within another block
    belongs to both."""
    outer, collected = _collected.get(), Collected()
    try:
        with held(_collected, collected), connection.execute_wrapper(_note_tables):
            yield collected
    finally:
        if outer is not None:
            outer.tags |= collected.tags
            outer.until(collected.ends)


def unnoted() -> AbstractContextManager[None]:
    """Collect nothing until the end of the block: for what a response needs and shows nothing of."""
    return held(_collected, None)


def note(*names: str) -> None:
    """Add tags to what is being rendered; do nothing if no tags are collected."""
    if (collected := _collected.get()) is not None:
        collected.tags.update(names)


def note_end(moment: datetime.datetime | None) -> None:
    """Note that something of what is being rendered must not be shown from `moment` on."""
    if (collected := _collected.get()) is not None:
        collected.until(moment)


def note_ends(expiry: datetime.datetime | None, last_day: datetime.date | None) -> None:
    """Note until when a row may be shown: its expiry and the last day of its consent."""
    note_end(expiry)
    if last_day:
        note_end(_end_of(last_day))


def row_loaded(instance: Model, **kwargs: Any) -> None:
    """Receiver of `post_init`: note the row, and until when it may be shown."""
    if (collected := _collected.get()) is None:
        return
    loaded = instance.__dict__
    if (pk := loaded.get(instance._meta.pk.attname)) is None:
        return
    collected.tags.add(tags.row_of(type(instance), pk))
    if key := loaded.get("translation_key"):
        collected.tags.add(tags.key(key))
    note_ends(loaded.get("expire_at"), loaded.get("consent_until"))


def end_of_today() -> datetime.datetime:
    """Return when this day ends. What is rendered is old then: dates and hours are written in it."""
    return _end_of(timezone.localdate())


def _end_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min))


def _note_tables(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
    if (collected := _collected.get()) is not None:
        collected.tags |= _tables_read(sql)
    return execute(sql, *args)


@lru_cache(maxsize=1_000)
def _tables_read(sql: str) -> frozenset[str]:
    """Return the tags of the tables that a statement reads, without those of LISTED."""
    return frozenset(tags.table(name) for name in _READ.findall(sql) if name not in LISTED)
