"""Stored files that have not been cleaned, or not by the newest checks, and their cleaning.

The clean file is written under a new name, a transaction changes the row, and recorded work removes the old file.
So the process can be killed and started again at any time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.users.models import UserProfile

from core import work
from core.internals.wagtail_models import UploadedFile, WagtailImageFieldFile
from core.media.models import DocumentMetadata, SiteImage
from core.metadata.documents import CHECKS, LEFT, OVERWRITTEN, CleanedFile, clean_document
from core.metadata.pictures import is_neutral, telling_parts
from core.trash.removal import REMOVE_FILES

_FOCAL = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
_OF_FILE = {"file_size", "file_hash", "width", "height", "credit", *_FOCAL}


@dataclass(frozen=True)
class Uncleaned:
    """Stored file that has not been cleaned. `field` is the name of the file field of `row`."""

    row: "SiteImage | AbstractDocument | UserProfile | UploadedFile"
    field: str
    tells: tuple[str, ...] = ()
    """Kinds of metadata that were found without cleaning the file."""
    is_clean: bool = False
    """Whether the file was cleaned before, and only newer checks have not read it."""

    def __str__(self) -> str:
        found = f": {', '.join(self.tells)}" if self.tells else ""
        return f"{self.row._meta.verbose_name} {self.row.pk}{found}"


def uncleaned() -> Iterator[Uncleaned]:
    """Yield the uncleaned files of images, of documents (also those that a newer check has not read), of profile
    pictures, and of uploads that wait for valid data in another field."""
    for image in SiteImage.objects.order_by("pk").iterator():
        tells = _picture_tells(image.file)
        if tells or not is_neutral(image.file.name):
            yield Uncleaned(image, "file", tells)
    documents = get_document_model().objects.order_by("pk")
    for document in documents.select_related("metadata").iterator():
        metadata = getattr(document, "metadata", None)
        is_clean = metadata is not None and "unchecked" not in metadata.left
        if metadata is None or not is_clean or metadata.checks < CHECKS:
            yield Uncleaned(document, "file", is_clean=is_clean)
    for model, field in ((UserProfile, "avatar"), (UploadedFile, "file")):
        for row in model.objects.exclude(**{field: ""}).exclude(**{field: None}).order_by("pk").iterator():
            if not is_neutral(getattr(row, field).name.rpartition("_")[2]):
                yield Uncleaned(row, field)


def _picture_tells(file: WagtailImageFieldFile) -> tuple[str, ...]:
    """Return the kinds of metadata in a stored picture, as `telling_parts`, or "missing" if it cannot be
    opened."""
    try:
        with file.open("rb"):
            return tuple(telling_parts(file.file))
    except OSError:
        return ("missing",)


def clean(found: Uncleaned) -> list[str]:
    """Clean a file and save its object, and return descriptions of what could not be removed. If the file is
    missing or refused, change nothing and return the error.

    A file that was cleaned before is stored anew, which changes its URL, only if more can be removed now.
    """
    if found.is_clean:
        return _check_again(found.row)
    row, field = found.row, getattr(found.row, found.field)
    name = field.name
    try:
        with field.storage.open(name) as stored, transaction.atomic():
            before = (getattr(row, "width", None), getattr(row, "height", None))
            field.save(name, stored, save=False)
            _save(row, found.field, before)
            if not isinstance(row, SiteImage | get_document_model()):
                work.record(REMOVE_FILES, [name])
    except FileNotFoundError:
        return ["The file is missing."]
    except ValidationError as error:
        return list(error.messages)
    return [str(LEFT[code]) for code in _left(row)]


def _check_again(document: AbstractDocument) -> list[str]:
    """Store what the newer checks find in a document, and store the file anew if more could be removed now. Return
    descriptions of what is left, or that the file is missing."""
    try:
        with document.file.storage.open(document.file.name) as stored:
            cleaned = clean_document(stored, document.file.name)
    except FileNotFoundError:
        return ["The file is missing."]
    with cleaned, transaction.atomic():
        if _is_cleaner(cleaned, document):
            document.file.save(cleaned.name, cleaned, save=False)
            _save(document, "file", (None, None))
        else:
            DocumentMetadata.objects.filter(document=document).update(left=cleaned.left, checks=CHECKS)
    return [str(LEFT[code]) for code in cleaned.left]


def _is_cleaner(cleaned: CleanedFile, document: AbstractDocument) -> bool:
    """Return whether the cleaned file has less metadata than the stored one: a code is gone, or the file is of a
    kind in OVERWRITTEN and its content has changed."""
    if set(document.metadata.left) - set(cleaned.left):
        return True
    return PurePath(cleaned.name).suffix.lower() in OVERWRITTEN and cleaned.digest != document.file_hash


def _left(row: "SiteImage | AbstractDocument | UserProfile | UploadedFile") -> list[str]:
    return row.metadata.left if isinstance(row, get_document_model()) else []


def _save(
    row: "SiteImage | AbstractDocument | UserProfile | UploadedFile",
    field: str,
    before: tuple[int | None, int | None],
) -> None:
    """Save the row with its new file. `before` are width and height of a former picture."""
    if isinstance(row, SiteImage):
        _move_focal_point(row, before)
    row.save(update_fields={field, *_OF_FILE} & {each.name for each in row._meta.concrete_fields})


def _move_focal_point(image: SiteImage, before: tuple[int | None, int | None]) -> None:
    """Scale the focal point, which is in pixels, to the new size, or remove it if the picture was rotated."""
    width, height = before
    if image.focal_point_x is None:
        return
    assert width is not None  # a stored image has both
    assert height is not None
    is_turned = (width > height) != (image.width > image.height)
    for name in _FOCAL:
        value = getattr(image, name)
        scaled = None if is_turned or value is None else round(value * image.width / width)
        setattr(image, name, scaled)
