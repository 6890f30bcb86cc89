"""Draft texts that a page is drawn with in place of the stored ones, such as in the preview of a translation.

They are put into rows that have been read, so that nothing of them is written."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from core.context import held
from core.languages.site_languages import Words
from core.typed import Translatable

Row = TypeVar("Row", bound=Translatable)


@dataclass(frozen=True)
class Drafts:
    """`fields`: by translation key, the values of fields. `alt_words`: a function of the primary key of an image
    and its stored alternative text, which returns the one that is drawn in the language `code`."""

    code: str
    fields: Mapping[UUID, Mapping[str, Any]]
    alt_words: Callable[[int, Words], Words]


_drafts: ContextVar[Drafts | None] = ContextVar("drafts", default=None)


def drawn_with(drafts: Drafts) -> AbstractContextManager[None]:
    """Draw pages with these drafts inside the context."""
    return held(_drafts, drafts)


def draws_drafts() -> bool:
    """Return whether pages are drawn with drafts now. Nothing that is made then may be kept for others."""
    return _drafts.get() is not None


def drafted(row: Row) -> Row:
    """Return a row that is to be drawn, with the values of its draft."""
    if drafts := _drafts.get():
        for name, value in drafts.fields.get(row.translation_key, {}).items():
            setattr(row, name, value)
    return row


def drafted_alt(image: int, wanted: str, words: Words) -> Words:
    """Return the alternative text of an image for readers of the language `wanted`: `words`, or the draft."""
    drafts = _drafts.get()
    return drafts.alt_words(image, words) if drafts and drafts.code == wanted else words
