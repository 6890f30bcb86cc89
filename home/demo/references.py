"""What the pieces of the demo are called, and what they point at."""

import uuid
from dataclasses import dataclass, field

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from core.typed import Translatable

from .content import PLACES, Piece

# Chosen once; every key and block id of the demo is derived from it.
NAMESPACE = uuid.UUID("5c7f6e1e-3a0e-4f0c-9d53-0f6a2b8f4d11")


def fixed_id(*names: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, "/".join(names))


def translation_key(piece: Piece) -> uuid.UUID:
    return _key(piece.model, piece.key)


def _key(model: type[Translatable], key: str) -> uuid.UUID:
    return fixed_id("page" if issubclass(model, Page) else model._meta.model_name, key)


@dataclass
class References:
    """Ids of the objects in the source language. What somebody has deleted since is missing in `pieces`."""

    images: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    pieces: dict[uuid.UUID, int] = field(default_factory=dict)

    def find(self, model: type[Translatable], name: str) -> int | None:
        """By the name that the content uses: a page of a kind with a place of its own is named by its slug."""
        if model is get_image_model():
            return self.images[name]
        if model is get_document_model():
            return self.documents.get(name)
        return self.pieces.get(_key(model, f"{PLACES[model]}/{name}" if model in PLACES else name))
