"""Entries of the journal for images and documents that are moved into a private collection."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models.signals import pre_save
from wagtail.documents import get_document_model
from wagtail.models import Collection

from core.internals.wagtail_models import CollectionViewRestriction
from core.journal.file import Entry
from core.journal.recording import entry_of, record
from core.media.collections import is_private
from core.media.models import SiteImage
from core.stamps.stamping import stamp
from core.stamps.tags import EVERYTHING

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument

    File: TypeAlias = SiteImage | AbstractDocument

PRIVATE = "private"


def file_models() -> "tuple[type[SiteImage], type[AbstractDocument]]":
    """Return the models of images and documents."""
    return SiteImage, get_document_model()


def record_private_files(files: "Iterable[File]", collection: Collection) -> None:
    """Record in the journal those of `files` that leave a public collection, before they are moved into
    `collection`. Must be called in a transaction.

    Record nothing if `collection` is public.
    """
    if not is_private(collection):
        return
    data = {"collection": collection.pk, "name": collection.name}
    record([entry_of(PRIVATE, file, **data) for file in files if not is_private(file.collection)])


def file_moved(sender: "type[File]", instance: "File", raw: bool = False, **kwargs: Any) -> None:
    """Receiver: before an image or a document is saved, record in the journal if it moves from a public collection
    into a private one."""
    if raw or not instance.pk:
        return
    stored = sender._base_manager.filter(pk=instance.pk).exclude(collection=instance.collection_id)
    if moved := list(stored.select_related("collection")):
        record_private_files(moved, instance.collection)


def move_again(entry: Entry, file: "File") -> Iterator[str]:
    """Move a file that is public into the collection of the entry, and yield a line for the operator; do nothing
    for a private file.

    If that collection is missing or public, a new one of its name, for users who are logged in, is created.
    """
    if is_private(file.collection):
        return
    collection = Collection.objects.filter(pk=entry.data.get("collection")).first()
    if collection is None or not is_private(collection):
        collection = Collection.get_first_root_node().add_child(name=entry.data.get("name", "Private"))
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )
    type(file)._base_manager.filter(pk=file.pk).update(collection=collection)
    stamp([EVERYTHING], removal=True)
    yield f"{entry}: for users who are logged in"


def connect() -> None:
    """Connect `file_moved` for images and documents."""
    for model in file_models():
        pre_save.connect(file_moved, sender=model, dispatch_uid=f"journal_private_{model._meta.label}")
