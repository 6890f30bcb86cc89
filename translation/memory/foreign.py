"""Texts for the memory that were not approved here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User

from core.consent.withheld import withheld_words
from translation.control_characters import CONTROL
from translation.localize.models import string_hash
from translation.memory.indexing import note
from translation.models import MemoryText
from translation.withheld import is_withheld

BATCH = 500


@dataclass(frozen=True)
class Foreign:
    """A translation from a file, named by `origin`; `without_codes` if codes of its program were left out."""

    source: str
    text: str
    source_locale: int
    locale: int
    origin: str
    object_key: UUID | None = None
    without_codes: bool = False


def allowed(texts: Iterable[Foreign]) -> list[Foreign]:
    """Return the texts that may be in the memory: without empty ones, those with control characters, and those
    with words or a sentence for which consent was withdrawn."""
    withheld = withheld_words()
    return [
        each
        for each in texts
        if each.source.strip()
        and each.text.strip()
        and not CONTROL.search(each.source + each.text)
        and not is_withheld(withheld, (each.source, each.text))
    ]


def bring_in(texts: Collection[Foreign], user: User) -> None:
    """Store texts, which have to be `allowed`, in the memory, as foreign and brought by the user; those that it
    has already stay as they are."""
    rows = [
        MemoryText(
            source_locale_id=each.source_locale,
            locale_id=each.locale,
            object_key=each.object_key,
            string_hash=string_hash(each.source),
            text_hash=string_hash(each.text),
            source=each.source,
            text=each.text,
            origin=each.origin[:255],
            without_codes=each.without_codes,
            brought_by=user,
        )
        for each in texts
    ]
    MemoryText.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    note(row.string_hash for row in rows)
