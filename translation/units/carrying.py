"""Texts that the machine carries over to another unit. They are told from those that a person writes."""

from contextlib import AbstractContextManager
from contextvars import ContextVar

from wagtail_localize.models import StringSegment

from core.context import held
from translation.models import ApprovedWording

_carrying: ContextVar[bool] = ContextVar("carrying", default=False)


def carrying() -> AbstractContextManager[None]:
    """Return a context manager inside which saved texts do not count as the work of a translator."""
    return held(_carrying, True)


def is_carrying() -> bool:
    """Return whether the code runs inside `carrying()`."""
    return _carrying.get()


def approve_again(approved: ApprovedWording, segment: StringSegment) -> None:
    """Store the approved text as approved for the same string at the place of `segment`, unless that has an
    approved text."""
    ApprovedWording.objects.get_or_create(
        object_key=approved.object_key,
        locale_id=approved.locale_id,
        path_id=segment.context.path_id,
        string_hash=segment.string.data_hash,
        defaults={
            "path": segment.context.path,
            "source": approved.source,
            "text": approved.text,
            "approved_by_id": approved.approved_by_id,
            "approved_at": approved.approved_at,
        },
    )
