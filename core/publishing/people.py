"""What makes people public: names, faces and quoted words. The list that is confirmed before publishing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.languages.site_languages import Words
from core.typed import Translatable

_SALT = "core.gate.people"


class Kind(models.TextChoices):
    NAME = "name", _("Name")
    FACE = "face", _("Face")
    RECORDING = "recording", _("Face or voice")
    WORDS = "words", _("Quoted words")


class Care(models.TextChoices):
    """Whose names, faces and words need more care than an adult's, the first the most."""

    MINOR = "minor", _("A child or young person under 18")
    SURVIVOR = "survivor", _("A survivor of trafficking or violence")


@dataclass(frozen=True)
class PublicItem:
    """Two are the same where readers learn the same from them, whatever rows they come from."""

    kind: Kind
    content: str
    """All that is confirmed, for comparison: never stored."""
    words: Words = field(compare=False)
    """For the screen."""
    source: Translatable = field(compare=False)
    """The person, image or quote."""
    detail: str = field(default="", compare=False)
    care: str = field(default="", compare=False)
    speaker_id: int | None = field(default=None, compare=False)

    @property
    def mark(self) -> str:
        """A keyed hash: nobody finds a name by trying names on a copy of the database."""
        return salted_hmac(_SALT, f"{self.kind}\n{self.content}", algorithm="sha256").hexdigest()

    @property
    def stored(self) -> dict[str, str]:
        """Which row it was, without what it said."""
        key = f"{self.source._meta.label_lower}:{self.source.pk}"
        return {"kind": self.kind.value, "key": key, "mark": self.mark}

    @property
    def image(self) -> Translatable | None:
        return self.source if self.kind == Kind.FACE else None

    @property
    def care_label(self) -> str:
        return Care(self.care).label if self.care else ""


@dataclass(frozen=True)
class PublicPlace:
    """Where readers will find it, with the address where there is one."""

    label: str
    url: str = ""


def arranged(found: Iterable[PublicItem]) -> list[PublicItem]:
    """Return them in one order, each once; the name of who speaks as a child or survivor is marked like the
    words."""
    items = list(dict.fromkeys(found))
    care = {item.speaker_id: item.care for item in items if item.care and item.speaker_id}
    items = [
        replace(item, care=care.get(item.source.pk, "")) if item.kind == Kind.NAME else item for item in items
    ]
    return sorted(items, key=lambda item: (list(Kind).index(item.kind), item.content))


def digest_of(items: Iterable[PublicItem]) -> str:
    """Return a SHA-256 of the list, the same for the same list in any order."""
    return sha256(json.dumps(sorted({item.mark for item in items})).encode()).hexdigest()
