"""Entries of the journal for pages, snippets and files that are unpublished, made private or deleted.

Receivers record each case, in the admin, by commands or in code; functions repeat it on a restored database. The
reason is not known, so each case is treated as protecting a person. This is so even if the object was published
again later: its text may have been changed meanwhile, and the backup has the old text.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import pre_delete
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.signals import unpublished

from core.internals.wagtail_models import DeletePageAction, UnpublishAction, UnpublishPageAction
from core.journal import applying
from core.journal.file import Entry
from core.journal.recording import entry_of, record
from core.media import private_files
from core.media.models import SiteImage
from core.media.private_files import PRIVATE
from core.publishing import restrictions
from core.publishing.closing import pages_closed
from core.publishing.gate import gated_snippets
from core.typed import Translatable

UNPUBLISHED, DELETED = "unpublished", "deleted"


def connect() -> None:
    """Connect the receivers, and register the functions that repeat entries on a restored database."""
    unpublished.connect(record_unpublished, dispatch_uid="journal_unpublished")  # also sent for pages
    pages_closed.connect(record_closed, dispatch_uid="journal_closed")
    restrictions.connect()
    for model in (Page, SiteImage, get_document_model(), *gated_snippets()):
        pre_delete.connect(record_deleted, sender=model, dispatch_uid=f"journal_{model._meta.label}")
    applying.register(DELETED, delete_again, order=20)
    applying.register(UNPUBLISHED, unpublish_again, order=40)
    applying.register(PRIVATE, make_private_again, order=50)


def record_unpublished(instance: Translatable, **kwargs: Any) -> None:
    """Receiver: record in the journal an unpublished page or snippet, in its language."""
    record([entry_of(UNPUBLISHED, instance)])


def record_closed(path: str, **kwargs: Any) -> None:
    """Receiver: record in the journal the live pages of the branch at `path`, which the worker unpublishes or
    deletes later."""
    pages = Page.objects.filter(path__startswith=path, live=True).order_by("path")
    record(entry_of(UNPUBLISHED, page) for page in pages.only("translation_key", "locale_id"))


def record_deleted(instance: Translatable, **kwargs: Any) -> None:
    """Receiver: record in the journal a page, snippet or file that is being deleted."""
    record([entry_of(DELETED, instance)])


def delete_again(entries: list[Entry]) -> Iterator[str]:
    """Delete the objects of the entries again, the deepest pages first, and yield a line for the operator for
    each.

    What cannot be deleted, such as a page with child pages that were not deleted, is unpublished; a file is left.
    """
    found = [(entry, row) for entry in entries for row in rows_of(entry)]
    for entry, row in sorted(found, key=lambda pair: -getattr(pair[1], "depth", 0)):
        if _delete(row):
            yield f"{entry}"
        elif not hasattr(row, "live"):
            yield f"{entry}: cannot be deleted. Check it"
        elif unpublish(row):
            yield f"{entry}: cannot be deleted, unpublished"


def unpublish_again(entries: list[Entry]) -> Iterator[str]:
    """Unpublish the objects of the entries that are live, cancel scheduled publications, and yield a line for each
    object changed."""
    for entry in entries:
        for row in rows_of(entry):
            if unpublish(row):
                yield f"{entry}"


def make_private_again(entries: list[Entry]) -> Iterator[str]:
    """Make the files, pages and collections of the entries private again, and yield a line for each change."""
    for entry in entries:
        for row in rows_of(entry):
            is_file = type(row) in private_files.file_models()
            yield from private_files.move_again(entry, row) if is_file else restrictions.restrict_again(entry, row)


def rows_of(entry: Entry) -> list[Translatable]:
    """Return the rows of the database that an entry refers to, in its language if they have one; perhaps none."""
    model = apps.get_model(entry.model)
    if model is Page or hasattr(model, "translation_key"):
        rows = model._base_manager.filter(translation_key=entry.key, locale__language_code=entry.language)
    else:
        rows = model._base_manager.filter(pk=entry.key)
    return list(rows.order_by("pk"))


def unpublish(row: Translatable) -> bool:
    """Unpublish a page or snippet and cancel its scheduled publication. Return whether anything was changed."""
    scheduled = row.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    if not row.live:
        return bool(scheduled)
    action = UnpublishPageAction(row.specific) if isinstance(row, Page) else UnpublishAction(row)
    action.execute(skip_permission_checks=True)
    return True


def _delete(row: Translatable) -> bool:
    """Delete a row unless it is a page with child pages or other rows protect it. Return whether it was
    deleted."""
    fresh = type(row)._base_manager.get(pk=row.pk)
    try:
        with transaction.atomic():
            if not isinstance(fresh, Page):
                fresh.delete()
            elif fresh.get_children().exists():
                raise ValidationError("There are pages below it.")
            else:
                DeletePageAction(fresh.specific, user=None).execute(skip_permission_checks=True)
    except (ValidationError, models.ProtectedError, models.RestrictedError):
        return False
    return True
