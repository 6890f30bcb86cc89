"""Texts that the machine carries over to another unit. They are told from those that a person writes."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar

from wagtail_localize.models import StringSegment

from core.context import held
from translation.models import MachineText, Unit

_carrying: ContextVar[bool] = ContextVar("carrying", default=False)

APPROVAL = ("source", "approved_text", "approved_by_id", "approved_at")


def carrying() -> AbstractContextManager[None]:
    """Return a context manager inside which saved texts do not count as the work of a translator."""
    return held(_carrying, True)


def is_carrying() -> bool:
    """Return whether the code runs inside `carrying()`."""
    return _carrying.get()


def carry_machine_texts(copies: Iterable[tuple[Unit | MachineText, Unit, Callable[[str], str]]]) -> None:
    """Note for units that are given the texts of others what a machine has suggested for these, so that the copies
    are known as a machine's too (at most two queries). Each unit with a text comes with the one that is given it,
    and what the text is changed by."""
    copies = list(copies)
    if not copies:
        return
    rows = MachineText.objects.filter(
        object_key__in={before.object_key for before, _after, _changed in copies},
        string_hash__in={before.string_hash for before, _after, _changed in copies},
    )
    known = {row.position: row for row in rows}
    carried = {
        after.position: MachineText(
            object_key=after.object_key,
            locale_id=after.locale_id,
            path=after.path,
            path_id=after.path_id,
            string_hash=after.string_hash,
            text=changed(row.text),
            tool=row.tool,
            asked_by_id=row.asked_by_id,
        )
        for before, after, changed in copies
        if (row := known.get(before.position))
    }
    MachineText.objects.bulk_create(
        carried.values(),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["object_key", "locale", "path_id", "string_hash"],
        update_fields=["text", "tool", "asked_by", "asked_at"],
    )


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
