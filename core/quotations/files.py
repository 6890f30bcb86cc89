"""The texts of the images and documents that an object shows, and the captions of its films."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from core.languages.site_languages import LocaleCodes
from core.publishing.references import Reference, references
from core.quotations.persons import is_first_person
from core.quotations.texts import Paragraph
from core.quotations.words import fold
from core.typed import Translatable

LONGEST_CAPTIONS = 200_000
"""Bytes that are read of a file with captions."""

_ALT, _CREDIT, _CAPTIONS, _TITLE = -1, -2, -3, -4
"""Numbers of paragraphs: a rich text may stand at the same place, whose own are counted from 0."""
_NOT_SPOKEN = re.compile(r"^(?:WEBVTT.*|NOTE.*|STYLE.*|\d+|.*-->.*)$|<[^<>]*>", re.MULTILINE)
_MARKS = re.compile(r"[\"“”„«»‹›‘]")


def texts_of_files(subject: Translatable) -> Iterator[list[Paragraph]]:
    """Yield alternative text, credit, title and captions as paragraphs that stand where the file is shown (a query
    for the images and one for the documents)."""
    shown: dict[type[Translatable], dict[str, Reference]] = {}
    for reference in references(subject):
        shown.setdefault(reference.model, {}).setdefault(reference.pk, reference)
    # A page that is being made gets its language when it is saved.
    code = LocaleCodes.code(subject.locale_id) if subject.locale_id else settings.LANGUAGE_CODE
    for model, places in shown.items():
        if issubclass(model, get_image_model()):
            for image in model._base_manager.filter(pk__in=places):
                yield from _of_image(image, places[str(image.pk)], code)
        elif issubclass(model, get_document_model()):
            for document in model._base_manager.filter(pk__in=places):
                yield from _of_document(document, places[str(document.pk)])


def _of_image(image: Translatable, place: Reference, code: str) -> Iterator[list[Paragraph]]:
    for text, number, name in (
        (image.alt_words(code).text, _ALT, "alt_texts"),
        (image.credit, _CREDIT, "credit"),
        ("" if image.title_of_file else image.title, _TITLE, "title"),
    ):
        if text:
            where = f"{place.where} › {image._meta.get_field(name).verbose_name}"
            yield [Paragraph(text, place.field, place.block_path, where, number)]


def _of_document(document: Translatable, place: Reference) -> Iterator[list[Paragraph]]:
    where = f"{place.where} › {document._meta.get_field('title').verbose_name}"
    yield [Paragraph(document.title, place.field, place.block_path, where, _TITLE)]
    if spoken := _spoken_in_stored(document.file):
        yield [Paragraph(spoken, place.field, place.block_path, place.where, _CAPTIONS)]


def _spoken_in_stored(file: FieldFile) -> str:
    """A file that is missing speaks to nobody."""
    if not _has_captions(file):
        return ""
    try:
        with file.open("rb"):
            return spoken_in(file)
    except OSError:
        return ""


def _has_captions(file: File) -> bool:
    return (file.name or "").lower().endswith(".vtt")


def spoken_in(file: File) -> str:
    """Return as one quotation all that is spoken in an open file with captions, where somebody speaks of himself
    or herself in it; "" otherwise."""
    if not _has_captions(file):
        return ""
    file.seek(0)
    text = file.read(LONGEST_CAPTIONS).decode("utf-8", errors="replace")
    file.seek(0)
    spoken = " ".join(_MARKS.sub(" ", _NOT_SPOKEN.sub("", text)).split())
    return f"“{spoken}”" if is_first_person(fold(spoken)) else ""
