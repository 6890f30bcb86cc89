"""Deletes for good what has lain in the trash, and masks what was withdrawn meanwhile."""

import datetime

from django.utils.translation import gettext_noop as _

from core.consent.masking import MASK
from core.consent.stores import Store, Subject, register
from core.consent.wagtail_stores import mask_content
from core.models import TrashedFile


def purge(before: datetime.datetime) -> int:
    """Delete files that were deleted before that time, and return how many. Recorded work removes their bytes
    (`core.media.removal`)."""
    rows = TrashedFile.objects.filter(deleted_at__lt=before)
    count = rows.count()
    rows.delete()
    return count


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
    register(Store(_("Deleted files"), mask_trashed, former_ids=ids_in_trash))
