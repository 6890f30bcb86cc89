"""Field files that clean documents when they are stored. All forms, APIs and commands call `FieldFile.save`."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from django.db.models.fields.files import FieldFile
from wagtail.images.models import AbstractImage

from core.internals.django import is_committed
from core.media.models import DocumentMetadata
from core.metadata.documents import CHECKS, CleanedFile, clean_document
from core.metadata.picture_files import as_master, note_replaced
from core.metadata.pictures import PictureRefused, is_neutral
from core.typed import AnyFile

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument

    from core.internals.wagtail_models import UploadedFile


def as_cleaned(content: AnyFile | BinaryIO, name: str) -> CleanedFile:
    """Return the content if it is a `CleanedFile` already, else clean it as a document with this name, whose
    extension counts where the content does not show the kind."""
    return content if isinstance(content, CleanedFile) else clean_document(content, name)


class DocumentFile(FieldFile):
    """File of a document."""

    instance: "AbstractDocument"

    def save(self, name: str, content: AnyFile, save: bool = True) -> None:
        """Clean and store the file under a random name, and set its size, its hash and what could not be removed
        on the document. A file that cannot be cleaned is stored unchanged."""
        cleaned = as_cleaned(content, name)
        document = self.instance
        note_replaced(self)
        document.file_size, document.file_hash = cleaned.size, cleaned.digest
        document.metadata_left = cleaned.left
        super().save(cleaned.name, cleaned, save)


class ParkedFile(FieldFile):
    """File that Wagtail's upload of several files keeps while the data of another field are invalid."""

    instance: "UploadedFile"

    def save(self, name: str, content: AnyFile, save: bool = True) -> None:
        """Clean and store the file under a random name. Raise PictureRefused if it is to be an image and cannot be
        read or is too large."""
        kind = self.instance.for_content_type and self.instance.for_content_type.model_class()
        is_picture = kind is not None and issubclass(kind, AbstractImage)
        cleaned = as_master(content) if is_picture else as_cleaned(content, name)
        super().save(cleaned.name, cleaned, save)


def clean_what_was_stored(
    instance: "AbstractImage | AbstractDocument", update_fields: frozenset[Any] | None = None, **kwargs: Any
) -> None:
    """Receiver: before an object is saved, clean its stored file if that has no random name, and so has not been
    cleaned. Fixtures are left as they are, and files that `update_fields` does not name.

    If it cannot be cleaned the object is saved nevertheless, and the command `clean_files` reports the file.
    """
    file = instance.file
    if kwargs.get("raw") or not file or not is_committed(file) or is_neutral(file.name):
        return
    if update_fields is None or "file" in update_fields:
        name = file.name
        with suppress(PictureRefused, OSError), file.storage.open(name) as stored:
            file.save(name, stored, save=False)
            instance.replaced_files = {*getattr(instance, "replaced_files", ()), name}


def keep_what_is_left(instance: "AbstractDocument", raw: bool = False, **kwargs: Any) -> None:
    """Receiver: store in `DocumentMetadata` what could not be removed, and whether the title is a file name, if
    either was noted on the document. A new row for which nothing is known gets "unchecked"."""
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
