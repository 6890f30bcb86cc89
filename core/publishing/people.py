"""The list “Becomes public” of names, faces and quoted words, which somebody confirms before publishing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.internals.django import salted_hmac
from core.languages.site_languages import Words
from core.typed import Translatable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_SALT = "core.gate.people"


class Kind(models.TextChoices):
    """The kinds of items on the list “Becomes public”."""

    NAME = "name", _("Name")
    FACE = "face", _("Face")
    RECORDING = "recording", _("Face or voice")
    WORDS = "words", _("Quoted words")


class Care(models.TextChoices):
    """The people whose names, faces and words need more care than those of other adults, the most care first."""

    MINOR = "minor", _("A child or young person under 18")
    SURVIVOR = "survivor", _("A survivor of trafficking or violence")


@dataclass(frozen=True)
class PublicItem:
    """A name, face or quoted words that a publication shows. Items with equal `kind` and `content` are equal, even
    if they come from different rows, because readers learn the same from them."""

    kind: Kind
    content: str
    """Everything that is confirmed, for comparison; never stored."""
    words: Words = field(compare=False)
    """The text shown on the screen."""
    source: Translatable = field(compare=False)
    """The object that holds it: a person, image, recording or quote."""
    detail: str = field(default="", compare=False)
    care: str = field(default="", compare=False)
    speaker_id: int | None = field(default=None, compare=False)

    @property
    def mark(self) -> str:
        """Return a keyed hash of kind and content, so that nobody can find a name by trying names on a copy of the
        database."""
        return salted_hmac(_SALT, f"{self.kind}\n{self.content}", algorithm="sha256").hexdigest()

    @property
    def stored(self) -> dict[str, str]:
        """Return what is stored of a confirmed item: "kind", "key" (model and primary key of the source) and
        "mark", without the content."""
        key = f"{self.source._meta.label_lower}:{self.source.pk}"
        return {"kind": self.kind.value, "key": key, "mark": self.mark}

    @property
    def image(self) -> Translatable | None:
        """Return the image, if the item is a face."""
        return self.source if self.kind == Kind.FACE else None

    @property
    def care_label(self) -> "StrOrPromise":
        return Care(self.care).label if self.care else ""


@dataclass(frozen=True)
class PublicPlace:
    """A place where readers will find a published object, with its URL if there is one."""

    label: str
    url: str = ""


def arranged(found: Iterable[PublicItem]) -> list[PublicItem]:
    """Return the items without duplicates, sorted by kind and content. The name of a speaker gets the `care` of
    the words that the speaker said, if those are among the items; other names get none."""
    items = list(dict.fromkeys(found))
    care = {item.speaker_id: item.care for item in items if item.care and item.speaker_id}
    items = [
        replace(item, care=care.get(item.source.pk, "")) if item.kind == Kind.NAME else item for item in items
    ]
    return sorted(items, key=lambda item: (list(Kind).index(item.kind), item.content))


def people_digest(items: Iterable[PublicItem]) -> str:
    """Return the SHA-256, in hexadecimal, of the items' marks; order and duplicates do not matter."""
    return sha256(json.dumps(sorted({item.mark for item in items})).encode()).hexdigest()
