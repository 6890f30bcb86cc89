"""The people, recordings and quoted words that live objects show, read level by level: the objects, what they
refer to, what that refers to, each kind in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from core.child_rows import read_children
from core.publishing.images import face_of
from core.publishing.people import PublicItem
from core.publishing.recordings import films_elsewhere, heard_in
from core.references.objects import references

if TYPE_CHECKING:
    from core.publishing.gate import PublishGate


Read = dict[tuple[type[Model], str], Any]
"""Objects that have been read, by model and primary key as text."""


def people_of(rows: Iterable[PublishGate], code: str, known: Read | None = None) -> list[PublicItem]:
    """Return the items of the list “Becomes public” that these objects show in a language, with the live snippets
    to which they refer. Items may occur more than once. What is `known` is not read again."""
    found: list[PublicItem] = []
    seen: set[tuple[type[Model], int | None]] = set()
    level = list(rows)
    while level:
        level = [row for row in level if (type(row), row.pk) not in seen]
        seen |= {(type(row), row.pk) for row in level}
        pointers = _pointers(level)
        for row in level:
            found += [*row.public_items(), *films_elsewhere(row, code)]
        level = [along for row in level for along in row.shown_along()]
        for model, pks in pointers.items():
            if issubclass(model, get_image_model()):
                found += filter(None, (face_of(image, code) for image in read(model, pks, known)))
            elif issubclass(model, get_document_model()):
                found += filter(None, (heard_in(document, code) for document in read(model, pks, known)))
            elif is_piece(model):
                level += [row for row in read(model, pks, known) if row.live]
    return found


def read(model: type[Any], pks: Iterable[str], known: Read | None) -> list[Any]:
    """Return the images, documents or snippets with these primary keys, those that are not `known` read in one
    query; they are known then."""
    known = {} if known is None else known
    if missing := [pk for pk in pks if (model, pk) not in known]:
        rows = model._base_manager.filter(pk__in=missing)
        if issubclass(model, get_document_model()):
            rows = rows.select_related("metadata", "recording")
        known |= {(model, str(row.pk)): row for row in rows}
    return [known[model, pk] for pk in pks if (model, pk) in known]


def is_piece(model: type[Model]) -> bool:
    """Return whether the model is a snippet with drafts and publishing checks; pages are published on their
    own."""
    return hasattr(model, "publish_findings") and not issubclass(model, Page)


def _pointers(rows: Iterable[PublishGate]) -> dict[type[Any], set[str]]:
    """Return the primary keys of what the objects refer to, by model."""
    by_model = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    found: dict[type[Any], set[str]] = defaultdict(set)
    for same in by_model.values():
        read_children(same)
        for row in same:
            for reference in references(row):
                found[reference.model].add(reference.pk)
    return found
