"""Content of exported and imported files, the same for all formats."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from translation.models import Standing as Standing  # a part of the records as well


def is_uuid(text: str) -> bool:
    """Return whether a text is a UUID as files name translations and strings."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


class Refused(ValidationError):
    """Error of files that are not accepted at all, with a message for each."""


File = TypeVar("File")
Result = TypeVar("Result")


def of_each(
    files: Collection[File], do: Callable[[File], Result], name: Callable[[File], str], named: bool | None = None
) -> list[Result]:
    """Return what `do` returns for each file. Raise Refused with the messages of all files that it refuses, which
    begin with the `name` of the file if `named` is true, by default if there are several names."""
    if named is None:
        named = len({name(file) for file in files}) > 1
    found, refused = [], []
    for file in files:
        try:
            found.append(do(file))
        except Refused as error:
            refused += [f"{name(file)}: {message}" if named else message for message in error.messages]
    if refused:
        raise Refused(list(dict.fromkeys(refused)))
    return found


class Format(models.TextChoices):
    XLIFF = "xliff", _("XLIFF 1.2, for translation programs")
    PO = "po", _("PO, for gettext programs such as Poedit")
    TMX = "tmx", _("TMX, a translation memory")


TOOLS = {Format.XLIFF: "XLIFF", Format.PO: "PO", Format.TMX: "TMX"}
"""The names of the formats as tools, as in wagtail-localize's editor."""
SUFFIXES = {Format.XLIFF: "xlf", Format.PO: "po", Format.TMX: "tmx"}
FORMATS = {"xlf": Format.XLIFF, "xliff": Format.XLIFF, "po": Format.PO, "tmx": Format.TMX}


@dataclass(frozen=True)
class OutUnit:
    """An exported string. `place` is the label of its field; `old_source` and `old_text` are set if it
    is stale, `machine` if its text is that of a machine translator with this name."""

    path: str
    path_id: UUID
    string_hash: UUID
    source: str
    text: str
    standing: Standing
    place: str
    notes: tuple[str, ...] = ()
    max_length: int | None = None
    old_source: str = ""
    old_text: str = ""
    machine: str = ""

    @property
    def id(self) -> str:
        return f"{self.path_id}.{self.string_hash}"


@dataclass(frozen=True)
class OutFile:
    """An exported translation: one object in one language. `site` and `translation` identify it in an import.
    `name` is that of a file, without language and suffix. `is_open_only` says that it holds only the strings that
    need work."""

    site: UUID
    translation: UUID
    title: str
    kind: str
    source_language: str
    target_language: str
    units: tuple[OutUnit, ...]
    name: str = ""
    is_open_only: bool = False


@dataclass(frozen=True)
class InUnit:
    """An imported string. `final` says that the file marks the text as finished, `markup` that a program has added
    elements of its own to it, or in foreign texts that some were left out."""

    path_id: str
    string_hash: str
    source: str
    target: str
    final: bool
    markup: bool = False


@dataclass(frozen=True)
class InFile:
    """An imported translation. `site` is empty in files that wagtail-localize has written, `language` in those
    that name none. `translation` is empty in files that have lost it, until `is_guessed` says that it was found by
    the strings. The texts of a file with `is_foreign` are for the translation memory only."""

    name: str
    format: str
    site: str
    translation: str
    language: str
    units: tuple[InUnit, ...] = field(default_factory=tuple)
    is_guessed: bool = False
    source_language: str = ""
    is_foreign: bool = False
