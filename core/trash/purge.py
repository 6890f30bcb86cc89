"""Deletes for good what has lain in the trash, and masks what was withdrawn meanwhile."""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_noop as _

from core.consent.masking import MASK
from core.consent.stores import Store, Subject, register
from core.consent.wagtail_stores import mask_content
from core.journal import applying
from core.journal.file import Entry
from core.journal.recording import new_entry, record
from core.journal.taken_away import delete_again
from core.models import TrashedFile

KIND = "purged_file"
"""Of entries in the journal."""


@transaction.atomic
def purge(before: datetime.datetime) -> int:
    """Delete files that were deleted before that time, and return how many. Recorded work removes their bytes
    (`core.media.removal`)."""
    rows = TrashedFile.objects.filter(deleted_at__lt=before)
    purged = list(rows.values_list("file_model", "file_id"))
    record(new_entry(KIND, apps.get_model(label), pk) for label, pk in purged)
    rows.delete()
    return len(purged)


def purge_again(entries: list[Entry]) -> Iterator[str]:
    """Delete for good, on a restored database, files and what lies in the trash of them."""
    for entry in entries:
        lines = list(delete_again([entry]))
        gone, _by_model = TrashedFile.objects.filter(file_model=entry.model, file_id=entry.key).delete()
        if gone or lines:
            yield f"{entry}"


def of_subject(subject: Subject) -> list[TrashedFile]:
    if subject.has_languages:
        return []
    found = TrashedFile.objects.filter(file_model=subject.model._meta.label_lower, file_id=int(subject.key))
    return list(found)


def ids_in_trash(subject: Subject) -> list[str]:
    return [str(row.file_id) for row in of_subject(subject)]


def mask_trashed(subject: Subject) -> int:
    """It can be restored, without its words and without what was written about it."""
    found = of_subject(subject)
    for row in found:
        own = row.content["rows"][0]
        mask_content(subject, own["fields"])
        row.content["rows"] = [own]
        row.title = MASK
        row.save(update_fields=["content", "title"])
    return len(found)


def connect() -> None:
    applying.register(KIND, purge_again, order=30, needs_certainty=True)
    register(Store(_("Deleted files"), mask_trashed, former_ids=ids_in_trash))
