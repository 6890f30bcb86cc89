"""What a copied edition took over from another year: it has to be changed or confirmed before it goes live."""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext
from wagtail.blocks import StreamValue

from campaigns.models.copied import CopiedPart
from core.gate.findings import Finding

END_OF_SENTENCE = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>|\n|(?<=[.!?…؟])\s+")
FEWEST_WORDS = 3
"""A shorter text of a block, such as the name of a place, is nothing of one year, unless it has a number."""


@dataclass(frozen=True)
class Part:
    """A field, or of a block a sentence, a date, or the objects that somebody picked."""

    field: str
    block: str
    """The id of the top block, empty for a plain field."""
    where: str
    text: str

    @property
    def digest(self) -> str:
        """Return a SHA-256 that stays the same when only spaces, letter case, punctuation or markup change."""
        words = re.findall(r"\w+", unicodedata.normalize("NFKC", strip_tags(self.text)).casefold())
        return hashlib.sha256(" ".join([self.field, *words]).encode()).hexdigest()

    @property
    def excerpt(self) -> str:
        return Truncator(strip_tags(self.text)).chars(120)


def parts_of(edition: Model) -> list[Part]:
    found = []
    for name in edition.fields_of_year:
        value = getattr(edition, name)
        label = str(edition._meta.get_field(name).verbose_name)
        if isinstance(value, StreamValue):
            for block, raw in zip(value, value.get_prep_value(), strict=True):
                where = f"{label} › {block.block.label}"
                found += [Part(name, raw["id"], where, text) for text in _texts(raw["value"])]
        elif value:
            found.append(Part(name, "", label, value.isoformat() if isinstance(value, datetime.date) else value))
    return [part for part in found if any(character.isalnum() for character in part.text)]


def _texts(value: object) -> Iterator[str]:
    """Yield the texts of the parts of a block's raw value."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        items = [item["value"] if isinstance(item, dict) and "value" in item else item for item in value]
        if items and all(isinstance(item, int) for item in items):
            yield " ".join(map(str, items))
        else:
            for item in items:
                yield from _texts(item)
    elif isinstance(value, str):
        yield from filter(_is_of_a_year, END_OF_SENTENCE.split(value))


def _is_of_a_year(text: str) -> bool:
    words = strip_tags(text).split()
    return len(words) >= FEWEST_WORDS or any(character.isdigit() for character in text)


def record(copy: Model, source: Model | None) -> None:
    """Record the parts of the source, live and draft, for a copy holds both; its own if the source is gone."""
    pages = [source, source.get_latest_revision_as_object()] if source else [copy]
    digests = {part.digest for page in pages for part in parts_of(page)}
    rows = [CopiedPart(key=copy.translation_key, digest=each, source=str(pages[0])) for each in sorted(digests)]
    CopiedPart.objects.bulk_create(rows, ignore_conflicts=True)


def unconfirmed(edition: Model) -> list[tuple[Part, str]]:
    """Return the parts that are still as they were taken over, with the title of what they were taken from. In a
    translation its original decides."""
    sources = dict(
        CopiedPart.objects.filter(key=edition.translation_key, confirmed_at=None).values_list("digest", "source")
    )
    if not sources:
        return []
    return [(part, sources[part.digest]) for part in parts_of(_original(edition)) if part.digest in sources]


def _original(edition: Model) -> Model:
    rows = type(edition)._base_manager.filter(translation_key=edition.translation_key)
    original = rows.order_by("pk").first()
    if original is None or original.pk == edition.pk:
        return edition
    return original if original.live else original.get_latest_revision_as_object()


def findings(edition: Model, taken: Iterable[tuple[Part, str]]) -> list[Finding]:
    """Return one finding for each field and block with parts that were taken over."""
    found: dict[tuple[str, str], Finding] = {}
    for part, source in taken:
        message = gettext("As in “%(source)s”, of which this is a copy: “%(text)s”.")
        found.setdefault(
            (part.field, part.block),
            Finding(
                "copied",
                message % {"source": source, "text": part.excerpt},
                gettext("Change it, or confirm that it is right for this year."),
                where=part.where,
                field=part.field,
                block_path=(part.block,) if part.block else (),
                action_url=reverse("campaigns_copied", args=[edition.pk]) if edition.pk else "",
                action_label=gettext("Confirm"),
            ),
        )
    return list(found.values())


def confirm(edition: Model, digests: Iterable[str], user: AbstractBaseUser) -> int:
    """Record that these parts are right for the year of the copy, and return how many there were."""
    rows = CopiedPart.objects.filter(key=edition.translation_key, digest__in=list(digests), confirmed_at=None)
    return rows.update(confirmed_by=user, confirmed_at=timezone.now())
