"""Files that were stored before files were cleaned: which they are, and cleaning them one by one. Each is replaced
as a whole: the clean file is written under a new name, one transaction points to it, and recorded work removes the
old one. Whoever is killed in between goes on where it stopped."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from core import work
from core.media.removal import REMOVE_FILES
from core.metadata.documents import CHECKS, LEFT, OVERWRITTEN, CleanedFile, clean_document
from core.metadata.pictures import is_neutral, telling_parts
from core.models import DocumentMetadata, SiteImage
from core.typed import Translatable

_FOCAL = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
_OF_FILE = {"file_size", "file_hash", "width", "height", "credit", *_FOCAL}


@dataclass(frozen=True)
class Uncleaned:
    """A stored file that has not been cleaned: `tells` names what was found in it, as far as one can know without
    cleaning it."""

    row: Translatable
    field: str
    tells: tuple[str, ...] = ()
    is_clean: bool = False
    """Whether only newer checks have not read it."""

    def __str__(self) -> str:
        found = f": {', '.join(self.tells)}" if self.tells else ""
        return f"{self.row._meta.verbose_name} {self.row.pk}{found}"


def uncleaned() -> Iterator[Uncleaned]:
    """Yield images, documents (also those that a newer check has not read), pictures of people who work here, and
    uploads that wait for another field."""
    for image in SiteImage.objects.order_by("pk").iterator():
        tells = _picture_tells(image.file)
        if tells or not is_neutral(image.file.name):
            yield Uncleaned(image, "file", tells)
    documents = get_document_model().objects.order_by("pk")
    for document in documents.select_related("metadata").iterator():
        metadata = getattr(document, "metadata", None)
        is_clean = metadata is not None and "unchecked" not in metadata.left
        if not is_clean or metadata.checks < CHECKS:
            yield Uncleaned(document, "file", is_clean=is_clean)
    for model, field in ((UserProfile, "avatar"), (UploadedFile, "file")):
        for row in model.objects.exclude(**{field: ""}).exclude(**{field: None}).order_by("pk").iterator():
            if not is_neutral(getattr(row, field).name.rpartition("_")[2]):
                yield Uncleaned(row, field)


def _picture_tells(file: BinaryIO) -> tuple[str, ...]:
    try:
        with file.open("rb"):
            return tuple(telling_parts(file.file))
    except OSError:
        return ("missing",)


def clean(found: Uncleaned) -> list[str]:
    """Clean it and return what could not be removed, in words. Nothing is changed where that fails. A file that
    was cleaned before stays where it is, for its address would change, unless more can be removed from it now."""
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


def _check_again(document: Translatable) -> list[str]:
    """Write down what the newer checks find in a stored document, and store it anew where more is removed now."""
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


def _is_cleaner(cleaned: CleanedFile, document: Translatable) -> bool:
    if set(document.metadata.left) - set(cleaned.left):
        return True
    return PurePath(cleaned.name).suffix.lower() in OVERWRITTEN and cleaned.digest != document.file_hash


def _left(row: Translatable) -> list[str]:
    return row.metadata.left if isinstance(row, get_document_model()) else []


def _save(row: Translatable, field: str, before: tuple[int | None, int | None]) -> None:
    if isinstance(row, SiteImage):
        _move_focal_point(row, before)
    row.save(update_fields={field, *_OF_FILE} & {each.name for each in row._meta.concrete_fields})


def _move_focal_point(image: SiteImage, before: tuple[int, int]) -> None:
    """It is counted in pixels of the file. Where that was turned upright nobody knows what it meant."""
    if image.focal_point_x is None:
        return
    is_turned = (before[0] > before[1]) != (image.width > image.height)
    for name in _FOCAL:
        value = getattr(image, name)
        scaled = None if is_turned or value is None else round(value * image.width / before[0])
        setattr(image, name, scaled)
