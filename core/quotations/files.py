"""The texts of the images and documents that an object shows, including the captions of films."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from core.languages.site_languages import LocaleCodes
from core.quotations.persons import is_first_person
from core.quotations.texts import Paragraph
from core.quotations.words import fold
from core.references.objects import Reference, references
from core.typed import AnyFile, Translatable

if TYPE_CHECKING:
    from wagtail.documents.models import Document

    from core.media.models import SiteImage

LONGEST_CAPTIONS = 200_000
"""The number of bytes that are read of a file with captions."""

_ALT, _CREDIT, _CAPTIONS, _TITLE = -1, -2, -3, -4
"""Numbers of paragraphs for the texts of a file. They are negative because a rich text at the same place may have
paragraphs of its own, which are counted from 0."""
_NOT_SPOKEN = re.compile(r"^(?:WEBVTT.*|NOTE.*|STYLE.*|\d+|.*-->.*)$|<[^<>]*>", re.MULTILINE)
_MARKS = re.compile(r"[\"“”„«»‹›‘]")


def texts_of_files(subject: Translatable) -> Iterator[list[Paragraph]]:
    """Yield the texts of each file that an object shows, as paragraphs at the place of its first use: alternative
    text, credit and title of an image, title and captions of a document (one query for each of the two)."""
    shown: dict[type[Any], dict[str, Reference]] = {}
    for reference in references(subject):
        shown.setdefault(reference.model, {}).setdefault(reference.pk, reference)
    # A new page gets its language when it is saved.
    code = LocaleCodes.code(subject.locale_id) if subject.locale_id else settings.LANGUAGE_CODE
    for model, places in shown.items():
        if issubclass(model, get_image_model()):
            for image in model._base_manager.filter(pk__in=places):
                yield from _of_image(image, places[str(image.pk)], code)
        elif issubclass(model, get_document_model()):
            for document in model._base_manager.filter(pk__in=places):
                yield from _of_document(document, places[str(document.pk)])


def _of_image(image: "SiteImage", place: Reference, code: str) -> Iterator[list[Paragraph]]:
    """Yield the alternative text in the language `code`, the credit and the title of an image, at its place. Empty
    texts, and a title that was made from the file name, are left out."""
    for text, number, name in (
        (image.alt_words(code).text, _ALT, "alt_texts"),
        (image.credit, _CREDIT, "credit"),
        ("" if image.title_of_file else image.title, _TITLE, "title"),
    ):
        if text:
            where = f"{place.where} › {_label(image, name)}"
            yield [Paragraph(text, place.field, place.block_path, where, number)]


def _of_document(document: "Document", place: Reference) -> Iterator[list[Paragraph]]:
    """Yield the title of a document and, if its file has captions in the first person, their words, at its
    place."""
    where = f"{place.where} › {_label(document, 'title')}"
    yield [Paragraph(document.title, place.field, place.block_path, where, _TITLE)]
    if spoken := _spoken_in_stored(document.file):
        yield [Paragraph(spoken, place.field, place.block_path, place.where, _CAPTIONS)]


def _label(file: models.Model, name: str) -> str:
    field = file._meta.get_field(name)
    # Only reverse relations have none.
    assert isinstance(field, models.Field)
    return str(field.verbose_name)


def _spoken_in_stored(file: FieldFile) -> str:
    """Return the words spoken in the captions of a stored file, as `spoken_in`; "" if it is no `.vtt` file or
    cannot be read."""
    if not _has_captions(file):
        return ""
    try:
        with file.open("rb"):
            return spoken_in(file)
    except OSError:
        return ""


def _has_captions(file: AnyFile) -> bool:
    return (file.name or "").lower().endswith(".vtt")


def spoken_in(file: AnyFile) -> str:
    """Return all spoken words of an open `.vtt` file, up to LONGEST_CAPTIONS bytes, as one quotation. Return ""
    for other files and if the words are not in the first person. The file is read from and set back to its
    beginning."""
    if not _has_captions(file):
        return ""
    file.seek(0)
    text = file.read(LONGEST_CAPTIONS).decode("utf-8", errors="replace")
    file.seek(0)
    spoken = " ".join(_MARKS.sub(" ", _NOT_SPOKEN.sub("", text)).split())
    return f"“{spoken}”" if is_first_person(fold(spoken)) else ""
