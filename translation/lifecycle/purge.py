"""Final deletion of pages and snippets from the trash, and its repetition on a database restored from a backup."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from wagtail.models import Page

from core.journal import applying
from core.journal.file import Entry
from core.journal.recording import new_entry, record
from core.languages.site_languages import LocaleCodes
from core.publishing.taken_away import delete_again
from core.typed import Translatable
from translation.lifecycle.restore import kind_of, standing
from translation.models import DeletedObject

KIND = "purged"
"""Kind of the entries in the journal."""


@transaction.atomic
def purge(before: datetime.datetime) -> int:
    """Remove the trash entries of objects deleted before that time, restored or not, and return how many rows were
    removed. Record in the journal those objects that have not been restored or created again since."""
    rows = DeletedObject.objects.filter(deleted_at__lt=before).select_related("content_type")
    gone = [row for row in rows.filter(restored_at=None) if standing(row) is None]
    record(new_entry(KIND, _model(row), row.object_key, LocaleCodes.code(row.locale_id)) for row in gone)
    count, _by_model = rows.delete()
    return count


def purge_again(entries: list[Entry]) -> Iterator[str]:
    """Delete the objects that these journal entries name, and their trash entries that are not restored. Yield a
    line for each entry that had anything to delete."""
    for entry in entries:
        lines = list(delete_again([entry]))
        kept = DeletedObject.objects.filter(object_key=entry.key, locale__language_code=entry.language)
        gone, _by_model = kept.filter(restored_at=None).delete()
        if gone or lines:
            yield f"{entry}"


def _model(row: DeletedObject) -> type[Translatable]:
    """Return the model of the object, `Page` for pages of all types."""
    model = kind_of(row)
    return Page if issubclass(model, Page) else model


def connect() -> None:
    applying.register(KIND, purge_again, order=30, needs_certainty=True)
