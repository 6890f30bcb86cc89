"""The units of an object in one target language: source text, draft text and approved text."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from wagtail.models import DraftStateMixin, Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from core.typed import Translatable
from translation.models import ApprovedWording, NeedsReview, StaleMark

Place = tuple[UUID, UUID]
"""The hash of the path and the hash of the source string."""


@dataclass(frozen=True)
class Segment:
    """One unit.

    `text` is the draft text, empty if there is none, and `translator` the id of its author. `error` tells that the
    text cannot be published as it is, `needs_review` that it was imported from a file and has not been confirmed.
    `approved` is the approved text."""

    pk: int
    path: str
    path_id: UUID
    string_hash: UUID
    order: int
    source: str
    text: str = ""
    error: bool = False
    translator: int | None = None
    approved: str | None = None
    stale: StaleMark | None = None
    needs_review: bool = False

    @property
    def place(self) -> Place:
        return self.path_id, self.string_hash

    @property
    def is_translated(self) -> bool:
        """Return whether the unit has a text that can be submitted: without an error, and not imported and
        unconfirmed."""
        return bool(self.text) and not self.error and not self.needs_review

    @property
    def is_approved(self) -> bool:
        """Return whether the draft text is the approved text."""
        return self.approved is not None and self.approved == self.text


def segments_of(translation: Translation) -> list[Segment]:
    """Return the units of a translation in the order of the source (five queries)."""
    key, locale = translation.source.object_id, translation.target_locale_id
    rows = translation.source.stringsegment_set.select_related("string", "context").order_by("order", "pk")
    worded = {
        (row.context_id, row.translation_of_id): row
        for row in StringTranslation.objects.filter(context__object_id=key, locale_id=locale)
    }
    approved = {
        (row.path_id, row.string_hash): row.text
        for row in ApprovedWording.objects.filter(object_key=key, locale_id=locale)
    }
    stale = {
        (row.path_id, row.string_hash): row for row in StaleMark.objects.filter(object_key=key, locale_id=locale)
    }
    unsure = set(
        NeedsReview.objects.filter(object_key=key, locale_id=locale).values_list("path_id", "string_hash")
    )
    found = []
    for row in rows:
        place = row.context.path_id, row.string.data_hash
        wording = worded.get((row.context_id, row.string_id))
        found.append(
            Segment(
                pk=row.pk,
                path=row.context.path,
                path_id=row.context.path_id,
                string_hash=row.string.data_hash,
                order=row.order,
                source=row.string.data,
                text=wording.data if wording else "",
                error=bool(wording and wording.has_error),
                translator=wording.last_translated_by_id if wording else None,
                approved=approved.get(place),
                stale=stale.get(place),
                needs_review=place in unsure,
            )
        )
    return found


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
