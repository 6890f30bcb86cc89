"""Texts that the machine carries over to another unit. They are told from those that a person writes."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar

from wagtail_localize.models import StringSegment

from core.context import held
from translation.models import Unit

_carrying: ContextVar[bool] = ContextVar("carrying", default=False)

APPROVAL = ("source", "approved_text", "approved_by_id", "approved_at")


def carrying() -> AbstractContextManager[None]:
    """Return a context manager inside which saved texts do not count as the work of a translator."""
    return held(_carrying, True)


def is_carrying() -> bool:
    """Return whether the code runs inside `carrying()`."""
    return _carrying.get()


def approve_again(pairs: Iterable[tuple[Unit, StringSegment]]) -> None:
    """Create units with the approved text, author and date of the given ones at the places of the segments, which
    have the same strings. Units that exist there already stay as they are (one query)."""
    Unit.objects.bulk_create(
        [
            Unit(
                object_key=unit.object_key,
                locale_id=unit.locale_id,
                path=segment.context.path,
                path_id=segment.context.path_id,
                string_hash=segment.string.data_hash,
                **{name: getattr(unit, name) for name in APPROVAL},
            )
            for unit, segment in pairs
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
