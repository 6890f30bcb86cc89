"""Stored files to which no row refers, such as those of an upload that was killed before its commit."""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField, Model
from django.utils import timezone

from core.media.storage import SHARE_PICTURES, stored_names

FEWEST_HOURS = 24
"""An upload stores its file before it commits the row, so a newer file may belong to an upload in progress."""


def strays() -> Iterator[str]:
    """Yield the names of stored files older than FEWEST_HOURS to which no row refers, except share pictures."""
    # Before the rows are read: files stored after that are not considered.
    stored = [name for name in stored_names() if not name.startswith(f"{SHARE_PICTURES}/")]
    named = _named()
    before = timezone.now() - datetime.timedelta(hours=FEWEST_HOURS)
    for name in stored:
        try:
            if name not in named and default_storage.get_modified_time(name) < before:
                yield name
        except FileNotFoundError:
            continue


def remove_strays() -> int:
    """Remove the files that `strays` yields, and return how many there were. Makes one query for each field that
    names files."""
    found = list(strays())
    for name in found:
        default_storage.delete(name)
    return len(found)


def file_fields() -> Iterator[tuple[type[Model], str]]:
    """Yield model and name of each field whose files are in the media storage."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField) and field.storage == default_storage:
                yield model, field.name


def _named() -> set[str]:
    """Return the names of all stored files to which rows refer, in fields of any model."""
    return {
        name
        for model, field in file_fields()
        for name in model._base_manager.values_list(field, flat=True).iterator()
        if name
    }
