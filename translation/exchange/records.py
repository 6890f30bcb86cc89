"""What stands in a file, whatever its format."""

from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Refused(ValidationError):
    """A file that is not taken at all, with one line that says why."""


class Format(models.TextChoices):
    XLIFF = "xliff", _("XLIFF 1.2, for translation programs")
    PO = "po", _("PO, for gettext programs such as Poedit")
    TMX = "tmx", _("TMX, a translation memory")


TOOLS = {Format.XLIFF: "XLIFF", Format.PO: "PO", Format.TMX: "TMX"}
"""As wagtail-localize's editor names them."""
SUFFIXES = {Format.XLIFF: "xlf", Format.PO: "po", Format.TMX: "tmx"}
FORMATS = {"xlf": Format.XLIFF, "xliff": Format.XLIFF, "po": Format.PO, "tmx": Format.TMX}


class Standing(models.TextChoices):
    """How far a wording is."""

    MISSING = "missing", _("not translated")
    NEEDS_REVIEW = "needs_review", _("to be looked at")
    STALE = "stale", _("out of date: the source has changed")
    TRANSLATED = "translated", _("translated, not reviewed")
    APPROVED = "approved", _("reviewed")


@dataclass(frozen=True)
class OutUnit:
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

    @property
    def id(self) -> str:
        return f"{self.path_id}.{self.string_hash}"


@dataclass(frozen=True)
class OutFile:
    """One thing in one language. `site` and `translation` are how it is recognised when it comes back."""

    site: UUID
    translation: UUID
    title: str
    kind: str
    source_language: str
    target_language: str
    units: tuple[OutUnit, ...]


@dataclass(frozen=True)
class InUnit:
    """`final` says that a person stands by the wording; `markup` that the file has put tags of its own into it."""

    path_id: str
    string_hash: str
    source: str
    target: str
    final: bool
    markup: bool = False


@dataclass(frozen=True)
class InFile:
    """`site` is empty in what wagtail-localize has written; `language` where the file does not name its own."""

    name: str
    format: str
    site: str
    translation: str
    language: str
    units: tuple[InUnit, ...] = field(default_factory=tuple)
