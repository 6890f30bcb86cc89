"""Removal of the stored bytes of images, their sizes and documents by recorded work (`core.work`): a process that
is killed after a deletion leaves nothing behind."""

from django.core.files.storage import default_storage
from django.db.models import Model
from django.db.models.signals import post_delete
from wagtail.documents import get_document_model

from core import work
from core.models import SiteImage, SiteRendition

REMOVE_FILES = "remove_files"
AT_ONCE = 20  # more than an image has sizes


def stored_models() -> tuple[type[Model], ...]:
    return SiteImage, SiteRendition, get_document_model()


def remove_files(names: list[str]) -> None:
    """Remove stored files, except those whose name has been given to another upload since."""
    used = {
        name
        for model in stored_models()
        for name in model.objects.filter(file__in=names).values_list("file", flat=True)
    }
    for name in names:
        if name not in used:
            default_storage.delete(name)


def file_deleted(instance: Model, **kwargs) -> None:
    """Receiver: record that the file of a deleted row is to be removed."""
    if instance.file:
        work.record(REMOVE_FILES, [instance.file.name])


def connect() -> None:
    work.register(REMOVE_FILES, remove_files, at_once=AT_ONCE)
    for model in stored_models():
        post_delete.connect(file_deleted, sender=model, dispatch_uid=f"remove_files_{model._meta.label}")
