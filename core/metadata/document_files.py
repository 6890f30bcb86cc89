"""Clean documents as they are stored: `FieldFile.save` is where each way of bringing one in ends."""

from contextlib import suppress
from typing import Any, BinaryIO

from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from wagtail.images.models import AbstractImage

from core.metadata.documents import CHECKS, CleanedFile, clean_document
from core.metadata.picture_files import as_master
from core.metadata.pictures import PictureRefused, is_neutral
from core.metadata.replaced import note_replaced
from core.models import DocumentMetadata
from core.typed import Translatable


def as_cleaned(content: BinaryIO, name: str) -> CleanedFile:
    return content if isinstance(content, CleanedFile) else clean_document(content, name)


class DocumentFile(FieldFile):
    """The file of a document."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        cleaned = as_cleaned(content, name)
        document = self.instance
        note_replaced(self)
        document.file_size, document.file_hash = cleaned.size, cleaned.digest
        document.metadata_left = cleaned.left
        super().save(cleaned.name, cleaned, save)


class ParkedFile(FieldFile):
    """What the upload of several keeps while another field is wrong. Raises PictureRefused."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        kind = self.instance.for_content_type and self.instance.for_content_type.model_class()
        is_picture = kind is not None and issubclass(kind, AbstractImage)
        cleaned = as_master(content) if is_picture else as_cleaned(content, name)
        super().save(cleaned.name, cleaned, save)


def clean_what_was_stored(
    instance: Translatable, update_fields: frozenset[Any] | None = None, **kwargs: Any
) -> None:
    """Receiver: clean a file that was in the storage before, without having been cleaned. One that cannot be
    cleaned stops nobody from saving something else; `clean_files` names it."""
    file = instance.file
    if kwargs.get("raw") or not file or not file._committed or is_neutral(file.name):
        return
    if update_fields is None or "file" in update_fields:
        name = file.name
        with suppress(PictureRefused, OSError), file.storage.open(name) as stored:
            file.save(name, stored, save=False)
            instance.replaced_files = {*getattr(instance, "replaced_files", ()), name}


def keep_what_is_left(instance: Translatable, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: write down what a document still tells by its file and its title."""
    names = {"left": "metadata_left", "title_of_file": "title_of_file"}
    noted = {name: instance.__dict__.pop(attribute, None) for name, attribute in names.items()}
    values = {name: value for name, value in noted.items() if value is not None}
    if "left" in values:
        values["checks"] = CHECKS
    if values and not raw:
        unknown = {"left": ["unchecked"]}
        DocumentMetadata.objects.update_or_create(
            document=instance, defaults=values, create_defaults={**unknown, **values}
        )
        instance._state.fields_cache.pop("metadata", None)
