"""Removal of the stored bytes of images, their sizes and documents by recorded work (`core.work`): a process that
is killed after a deletion leaves nothing behind."""

from typing import Any

from django.core.files.storage import default_storage
from django.db.models.signals import post_delete
from wagtail.documents import get_document_model
from wagtail.documents.signal_handlers import post_delete_file_cleanup as document_cleanup
from wagtail.images.signal_handlers import post_delete_file_cleanup as image_cleanup

from core import work
from core.models import SiteImage, SiteRendition, TrashedFile
from core.typed import Translatable

REMOVE_FILES = "remove_files"
AT_ONCE = 20  # more than an image has sizes


def stored_models() -> tuple[type[Translatable], ...]:
    return SiteImage, SiteRendition, get_document_model(), TrashedFile


def remove_files(names: list[str]) -> None:
    """Remove stored files, except those that lie in the trash, were restored, or whose name has been given to
    another upload since."""
    used = {
        name
        for model in stored_models()
        for name in model.objects.filter(file__in=names).values_list("file", flat=True)
    }
    for name in names:
        if name not in used:
            default_storage.delete(name)


def file_deleted(instance: Translatable, **kwargs: Any) -> None:
    """Receiver: record that the file of a deleted row is to be removed."""
    if instance.file:
        work.record(REMOVE_FILES, [instance.file.name])


def connect() -> None:
    """In place of Wagtail's receivers, which would have the worker remove the file of what lies in the trash: who
    connects later under the same identity is not connected."""
    work.register(REMOVE_FILES, remove_files, at_once=AT_ONCE)
    cleanups = (image_cleanup, image_cleanup, document_cleanup, file_deleted)
    for model, cleanup in zip(stored_models(), cleanups, strict=True):
        post_delete.connect(file_deleted, sender=model, dispatch_uid=id(cleanup))
