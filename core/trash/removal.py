"""Removal of the files of deleted images, renditions and documents by recorded work (`core.work`): no file is left
behind if the process is killed after the deletion."""

from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db.models.signals import post_delete
from wagtail.documents import get_document_model

from core import work
from core.internals.wagtail_models import document_cleanup, image_cleanup
from core.media.models import SiteImage, SiteRendition
from core.trash.models import TrashedFile

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument

REMOVE_FILES = "remove_files"
AT_ONCE = 20
"""Files removed at once by the process that commits; more than an image has renditions."""


def stored_models() -> "tuple[type[SiteImage], type[SiteRendition], type[AbstractDocument], type[TrashedFile]]":
    """Return the models whose rows have a file in the media storage that is removed with them."""
    return SiteImage, SiteRendition, get_document_model(), TrashedFile


def remove_files(names: list[str]) -> None:
    """Remove stored files, except those that a row of `stored_models()` names: files in the trash, restored ones,
    and later uploads of the same name."""
    used = {
        name
        for model in stored_models()
        for name in model._default_manager.filter(file__in=names).values_list("file", flat=True)
    }
    for name in names:
        if name not in used:
            default_storage.delete(name)


def file_deleted(instance: "SiteImage | SiteRendition | AbstractDocument | TrashedFile", **kwargs: Any) -> None:
    """Receiver: record that the file of a deleted row is to be removed, which happens after the commit."""
    if name := instance.file.name:
        work.record(REMOVE_FILES, [name])


def connect() -> None:
    """Register the work, and connect the receiver in place of Wagtail's, which would remove files in the trash
    too.

    Django ignores receivers that are connected later with the same `dispatch_uid`.
    """
    work.register(REMOVE_FILES, remove_files, at_once=AT_ONCE)
    cleanups = (image_cleanup, image_cleanup, document_cleanup, file_deleted)
    for model, cleanup in zip(stored_models(), cleanups, strict=True):
        post_delete.connect(file_deleted, sender=model, dispatch_uid=id(cleanup))
