"""Final deletion of files in the trash, and masking of those whose consent was withdrawn meanwhile."""

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
from core.publishing.taken_away import delete_again
from core.trash.models import TrashedFile

KIND = "purged_file"
"""The kind of the journal's entries on purged files."""


@transaction.atomic
def purge(before: datetime.datetime) -> int:
    """Remove the files from the trash that were deleted before that time, record this in the journal, and return
    how many. Recorded work removes the stored files (`core.trash.removal`)."""
    rows = TrashedFile.objects.filter(deleted_at__lt=before)
    purged = list(rows.values_list("file_model", "file_id"))
    record(new_entry(KIND, apps.get_model(label), pk) for label, pk in purged)
    rows.delete()
    return len(purged)


def purge_again(entries: list[Entry]) -> Iterator[str]:
    """Repeat the journal's purges on a database restored from a backup: delete the files and their rows in the
    trash. Yield a line for each entry for which something was deleted."""
    for entry in entries:
        lines = list(delete_again([entry]))
        gone, _by_model = TrashedFile.objects.filter(file_model=entry.model, file_id=entry.key).delete()
        if gone or lines:
            yield f"{entry}"


def of_subject(subject: Subject) -> list[TrashedFile]:
    """Return the rows in the trash of the file whose consent is withdrawn; none if the subject is no file but has
    languages."""
    if subject.has_languages:
        return []
    found = TrashedFile.objects.filter(file_model=subject.model._meta.label_lower, file_id=int(subject.key))
    return list(found)


def ids_in_trash(subject: Subject) -> list[str]:
    """Return the primary keys that the subject's file had before its deletion; none if it is not in the trash."""
    return [str(row.file_id) for row in of_subject(subject)]


def mask_trashed(subject: Subject) -> int:
    """Mask the file's words in the trash and drop its related rows, and return how many rows of the trash were
    masked. The file can still be restored."""
    found = of_subject(subject)
    for row in found:
        own = row.content["rows"][0]
        mask_content(subject, own["fields"])
        row.content["rows"] = [own]
        row.title = MASK
        row.save(update_fields=["content", "title"])
    return len(found)


def connect() -> None:
    """Register the trash with the journal and as a store for withdrawals of consent."""
    applying.register(KIND, purge_again, order=30, needs_certainty=True)
    register(Store(_("Deleted files"), mask_trashed, former_ids=ids_in_trash))
