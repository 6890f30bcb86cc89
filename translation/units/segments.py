"""The units of an object in one target language: source text, draft text and what is known of them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from wagtail.models import DraftStateMixin, Page, Revision
from wagtail_localize.models import Translation

from core.typed import Translatable
from translation.models import Standing, UnitRow

Place = tuple[UUID, UUID]
"""The hash of the path and the hash of the source string."""


@dataclass(frozen=True)
class Earlier:
    """The source string that a unit had when its text was approved last, and its text then. `since` tells since
    when the text is stale; it is None once a translator has saved the unit, until a text is approved."""

    old_source: str
    old_text: str
    was_approved: bool
    since: datetime.datetime | None


@dataclass(frozen=True)
class Segment:
    """One unit.

    `text` is the draft text, empty if there is none, `translator` the id of its author, `tool` names the tool that
    it came with, `drafted_at` says when it was saved. `error` tells that the text cannot be published as it is,
    `unsure_from` from which kind of file it was imported and not confirmed since. `approved` is the approved text,
    `approved_by` the id of who approved it. `earlier` is set from a change of the source until a text is approved
    for it."""

    pk: int
    path: str
    path_id: UUID
    string_hash: UUID
    order: int
    source: str
    standing: Standing
    text: str = ""
    error: bool = False
    translator: int | None = None
    tool: str = ""
    drafted_at: datetime.datetime | None = None
    approved: str | None = None
    approved_by: int | None = None
    approved_at: datetime.datetime | None = None
    unsure_from: str = ""
    earlier: Earlier | None = None
    field_path: str = ""

    @property
    def place(self) -> Place:
        return self.path_id, self.string_hash

    @property
    def stale(self) -> Earlier | None:
        """The earlier source and text of a unit whose text is stale; None for others."""
        return self.earlier if self.earlier and self.earlier.since else None

    @property
    def needs_review(self) -> bool:
        """Whether the text was imported from a file and has not been confirmed."""
        return bool(self.unsure_from)

    @property
    def is_translated(self) -> bool:
        """Return whether the unit has a text that can be submitted: without an error, and not imported and
        unconfirmed."""
        return self.standing not in (Standing.MISSING, Standing.NEEDS_REVIEW)

    @property
    def is_approved(self) -> bool:
        """Return whether the draft text is the approved text."""
        return self.approved is not None and self.approved == self.text


def segments_of(translation: Translation) -> list[Segment]:
    """Return the units of a translation in the order of the source (one query)."""
    rows = UnitRow.objects.filter(translation=translation.pk).order_by("order", "segment")
    return [segment_of(row) for row in rows]


def segment_of(row: UnitRow) -> Segment:
    """Return the unit of a row of the database view."""
    return Segment(
        pk=row.segment,
        path=row.path,
        path_id=row.path_id,
        string_hash=row.string_hash,
        order=row.order,
        source=row.source,
        standing=Standing(row.standing),
        text=row.text,
        error=row.has_error,
        translator=row.translator,
        tool=row.tool,
        drafted_at=row.drafted_at,
        approved=row.approved,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        unsure_from=row.unsure_from,
        earlier=earlier_of(row),
        field_path=row.field_path,
    )


def earlier_of(row: UnitRow) -> Earlier | None:
    """Return what the unit of a row was before its source changed, until a text is approved for it, or None."""
    if not row.old_source:
        return None
    return Earlier(row.old_source, row.old_text, row.was_approved, row.stale_since)


def translation_of(target: Translatable) -> Translation | None:
    """Return the translation by which an object follows its source; None for a source and for a stopped
    translation."""
    translation = any_translation_of(target)
    return translation if translation and translation.enabled else None


def any_translation_of(target: Translatable) -> Translation | None:
    """Return the translation that an object is the target of, even if it was stopped, but rather an enabled one;
    None if there is none."""
    return (
        Translation.objects.filter(
            source__object_id=getattr(target, "translation_key", None),
            target_locale_id=getattr(target, "locale_id", None),
        )
        .select_related("source", "target_locale")
        .order_by("-enabled", "pk")
        .first()
    )


def target_of(translation: Translation) -> Translatable | None:
    """Return the object that a translation is the target of, as an instance of its specific class; None if it does
    not exist."""
    kind = translation.source.specific_content_type.model_class()
    return kind._base_manager.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()


def original_of(instance: Translatable) -> Translatable:
    """Return the object in its source language: of all languages the one that was created first, or the object
    itself if none is stored."""
    kind = type(instance)
    return kind._base_manager.filter(translation_key=instance.translation_key).order_by("pk").first() or instance


def words(texts: Iterable[str]) -> int:
    """Return the number of words in all the texts together."""
    return sum(len(text.split()) for text in texts)


def is_page(instance: Translatable) -> bool:
    """Return whether an object is a page, not a snippet."""
    return isinstance(instance, Page)


def save_draft(translation: Translation, user: User | None) -> Revision:
    """Save the target with the draft texts, and source texts where there is none, as a revision, and return the
    revision. The row of the target does not change. Raise TypeError if its model has no drafts."""
    target = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    if not isinstance(target, DraftStateMixin):
        raise TypeError(f"{target._meta.label} has no drafts")
    return target.save_revision(user=user, log_action=True)
