"""Fixed ids of the demo's objects, and the lookup of the objects that its content refers to."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from .content import PLACES, Piece

# A random UUID from which every translation key and block id of the demo is derived.
NAMESPACE = uuid.UUID("5c7f6e1e-3a0e-4f0c-9d53-0f6a2b8f4d11")


def fixed_id(*names: str) -> uuid.UUID:
    """Return a UUID made of these names, always the same for the same ones."""
    return uuid.uuid5(NAMESPACE, "/".join(names))


def translation_key(piece: Piece) -> uuid.UUID:
    """Return the translation key of a page or snippet of the demo, made of its kind and key; it is the same at
    every loading."""
    return _key(piece.model, piece.key)


def _key(model: type[Model], key: str) -> uuid.UUID:
    return fixed_id("page" if issubclass(model, Page) else str(model._meta.model_name), key)


@dataclass
class References:
    """Primary keys of the objects in the source language: images by slug, documents by "slug.language", pages and
    snippets by translation key. Objects that were deleted since are missing in `pieces`."""

    images: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    pieces: dict[uuid.UUID, int] = field(default_factory=dict)

    def find(self, model: type[Model], name: str) -> int | None:
        """Return the primary key of the object that the content calls `name`, or None if it does not exist. Pages
        of a class in PLACES are called by their slug, other pages by their path. Raise KeyError for an unknown
        image."""
        if model is get_image_model():
            return self.images[name]
        if model is get_document_model():
            return self.documents.get(name)
        return self.pieces.get(_key(model, f"{PLACES[model]}/{name}" if model in PLACES else name))
