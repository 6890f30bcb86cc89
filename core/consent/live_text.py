"""Queries for pages, snippets, images and documents whose text may contain given words. The text of pages and
snippets is searched as it is live and in the newest draft."""

import json
from collections.abc import Collection, Iterator
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from core.quotations.texts import texts_of
from core.quotations.words import bare_words
from core.typed import Translatable

AT_ONCE = 30
"""Conditions for each field in one query; SQLite allows 1,000 conditions in all."""


def text_models() -> list[type[Translatable]]:
    """Return the models of pages and snippets that have publishing checks, languages and drafts: together they
    hold all text that readers see, besides files."""
    found = [
        model
        for model in apps.get_models()
        if hasattr(model, "publish_findings") and hasattr(model, "translation_key") and hasattr(model, "live")
    ]
    return cast("list[type[Translatable]]", found)


def candidates(pieces: Collection[str], keys: Collection[UUID] = ()) -> Iterator[Translatable]:
    """Yield each page and snippet, in any language, whose live text or drafts contain one of `pieces` (parts of
    words), and each page with one of the translation keys `keys`. The caller must check the matches itself."""
    forms = sorted({form for piece in pieces for form in _forms(piece)})
    drafts = _drafts(forms)
    for model in text_models():
        fields = [field.name for field in model._meta.concrete_fields if _is_text(field)]
        pks = {pk for pks in _matching(model._base_manager.all(), fields, forms) for pk in pks}
        pks |= drafts.get(model, set())
        rows = models.Q(pk__in=pks)
        if keys and issubclass(model, Page):
            rows |= models.Q(translation_key__in=keys)
        yield from model._base_manager.filter(rows).select_related("locale").order_by("pk")


def files(pieces: Collection[str]) -> Iterator[Translatable]:
    """Yield the images and documents with one of `pieces` (parts of words) in title, credit or alternative
    text."""
    forms = sorted({form for piece in pieces for form in _forms(piece)})
    for model, fields in (
        (get_image_model(), ["title", "credit", "alt_texts"]),
        (get_document_model(), ["title"]),
    ):
        pks = {pk for pks in _matching(model._base_manager.all(), fields, forms) for pk in pks}
        yield from model._base_manager.filter(pk__in=pks).order_by("pk")


def text_of(row: Translatable | None) -> str:
    """Return the words of an object's own text and of its quoted words, normalized like the publishing check on
    quoted passages does; "" for None."""
    if row is None:
        return ""
    parts = [bare_words(paragraph.text) for paragraphs in texts_of(row) for paragraph in paragraphs]
    return " ".join([*parts, bare_words(getattr(row, "quoted_words", ""))])


def draft_of(row: Translatable) -> Translatable | None:
    """Return the object as its newest revision has it, or None if it has no revision."""
    return row.get_latest_revision_as_object() if row.latest_revision_id else None


def _is_text(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.CharField | models.TextField | StreamField) and not field.choices


def _drafts(forms: list[str]) -> dict[type[Translatable], set[int]]:
    """Return, by model, the primary keys of objects whose live or newest revision contains one of `forms`."""
    found: dict[type[Translatable], set[tuple[int, int]]] = {}
    pks = {pk for pks in _matching(Revision.objects.all(), ["content"], forms) for pk in pks}
    models_with_text = set(text_models())
    for content_type, pk, key in Revision.objects.filter(pk__in=pks).values_list(
        "content_type", "pk", "object_id"
    ):
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model in models_with_text:
            found.setdefault(model, set()).add((pk, int(key)))
    return {model: _current(model, pairs) for model, pairs in found.items()}


def _current(model: type[Translatable], pairs: set[tuple[int, int]]) -> set[int]:
    """Return the keys of the objects in `pairs` (revision, object) whose revision is the live or the newest
    one."""
    rows = model._base_manager.filter(pk__in={key for _pk, key in pairs})
    current = {
        pk: {live, latest} for pk, live, latest in rows.values_list("pk", "live_revision", "latest_revision")
    }
    return {key for pk, key in pairs if pk in current.get(key, ())}


def _matching(queryset: models.QuerySet[Any], fields: list[str], forms: list[str]) -> Iterator[Collection[int]]:
    """Yield, in batches of AT_ONCE forms, the primary keys of the rows with one of `forms` in one of the fields; a
    key may come twice."""
    raw = {f"raw_{field}": Cast(field, models.TextField()) for field in fields}
    queryset = queryset.annotate(**raw).order_by()
    for at in range(0, len(forms), AT_ONCE):
        condition = models.Q(
            *((f"{name}__icontains", form) for name in raw for form in forms[at : at + AT_ONCE]),
            _connector=models.Q.OR,
        )
        yield queryset.filter(condition).values_list("pk", flat=True)


def _forms(piece: str) -> set[str]:
    """Return the spellings of a part of a word in text, in JSON and in JSON nested in JSON. Text that is not ASCII
    is returned in lower case, upper case and capitalized too, since SQLite ignores the case of ASCII alone."""
    cases = {piece} if piece.isascii() else {piece, piece.lower(), piece.upper(), piece.capitalize()}
    once = {json.dumps(each)[1:-1] for each in cases}
    return cases | once | {json.dumps(each)[1:-1] for each in once}
