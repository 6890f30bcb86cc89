"""Stored files that no row names: what an upload has stored that was killed before its commit."""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.utils import timezone

from core.media.storage import stored_names
from core.seo.pictures import FOLDER as SHARE_PICTURES
from core.typed import Translatable

FEWEST_HOURS = 24
"""An upload stores its file before it commits the row: a newer file may be one of an upload under way."""


def strays() -> Iterator[str]:
    """Yield the names of stored files that no row names and that are older than FEWEST_HOURS."""
    # Before the rows are read: what is stored afterwards is not looked at.
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
    """Remove them, and return how many there were. Costs one query for each field that names files."""
    found = list(strays())
    for name in found:
        default_storage.delete(name)
    return len(found)


def file_fields() -> Iterator[tuple[type[Translatable], str]]:
    """Yield each field, by model and name, that names files of the media storage."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField) and field.storage == default_storage:
                yield model, field.name


def _named() -> set[str]:
    return {
        name
        for model, field in file_fields()
        for name in model._base_manager.values_list(field, flat=True).iterator()
        if name
    }
