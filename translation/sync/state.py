"""Whether a reviewed translation fits its source as it is now, and making it fit where no person is needed.

Each review keeps a fingerprint of what its revision was made from: all of the source, its blocks, their order and
its values, and the wordings. Where a reviewer has approved every string that there is now, a paragraph that was
taken out, another order or another year need no translator: the translation is made anew of approved wordings."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from wagtail_localize.models import SegmentOverride, Translation, TranslationSource

from core.publishing.gate import shown
from core.publishing.publication import approval
from core.typed import Translatable
from translation.models import Review, ReviewStatus
from translation.review.snapshot import snapshot
from translation.review.values import values_of
from translation.units.segments import Segment, save_draft, segments_of, target_of, translation_of


def print_of(source: TranslationSource) -> str:
    """Of all that readers see of it."""
    content = json.dumps(shown(json.loads(source.content_json)), sort_keys=True)
    return sha256(content.encode()).hexdigest()


def fingerprint(of_source: str, wordings: Iterable[tuple[UUID, UUID, str]]) -> str:
    """`wordings`: hash of the path, hash of the source string, text."""
    rows = sorted({(str(path), str(string), text) for path, string, text in wordings})
    return sha256(json.dumps([of_source, rows]).encode()).hexdigest()


def made_from(translation: Translation, segments: list[Segment]) -> str:
    return fingerprint(print_of(translation.source), ((*segment.place, segment.text) for segment in segments))


def all_approved(segments: list[Segment]) -> bool:
    return all(segment.is_translated and segment.is_approved for segment in segments)


def fits(translation: Translation, review: Review | None, segments: list[Segment]) -> bool:
    return all_approved(segments) and review is not None and review.made_from == made_from(translation, segments)


def is_current(translation: Translation, review: Review | None, segments: list[Segment]) -> bool:
    """Whether the source says what it said to the reviewer; what a translator has worded anew since is no change
    of the source."""
    if review is None or any(segment.approved is None for segment in segments):
        return False
    approved = ((*segment.place, segment.approved) for segment in segments)
    return review.made_from == fingerprint(print_of(translation.source), approved)


def approved_reviews(translation: Translation) -> models.QuerySet[Any]:
    """The newest first."""
    return Review.objects.filter(
        object_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        status=ReviewStatus.APPROVED,
    ).select_related("revision")


def seen_by_readers(translation: Translation) -> Review | None:
    """Or last seen, where it has been taken offline."""
    return approved_reviews(translation).exclude(went_live_at=None).order_by("-went_live_at", "-pk").first()


def shown_or_next(translation: Translation, target: Translatable | None) -> Review | None:
    """The one that readers see, or that would go live."""
    return seen_by_readers(translation) if target and target.live else approved_reviews(translation).first()


@transaction.atomic
def fitting(translation: Translation) -> Review | None:
    """The newest approved one, made anew if that does not fit. None where nobody has reviewed it yet, or a person
    is needed."""
    newest = approved_reviews(translation).first()
    segments = segments_of(translation)
    if newest is None or fits(translation, newest, segments):
        return newest
    if not all_approved(segments) or _unreviewed_values(translation, newest):
        return None
    now, content = made_from(translation, segments), _content(translation)
    for known in filter(None, (seen_by_readers(translation), newest)):
        if shown(known.revision.as_object().serializable_data()) == content:
            known.made_from = now
            known.save(update_fields=["made_from"])
            return known
    return Review.objects.create(
        object_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        revision=save_draft(translation, None),
        wordings=snapshot(translation),
        overrides=values_of(translation),
        status=ReviewStatus.APPROVED,
        decided_at=timezone.now(),
        made_from=now,
    )


def keep_up(translation: Translation) -> bool:
    """Where readers see the translation, what fits goes live. Left alone while somebody holds it. Whether nothing
    is left for a person to do."""
    target = target_of(translation)
    if target is None or not approved_reviews(translation).exists():
        waiting = Review.objects.filter(
            object_key=translation.source.object_id,
            locale_id=translation.target_locale_id,
            status=ReviewStatus.WAITING,
        ).exists()
        return not waiting
    if not is_held(target):
        try:
            with transaction.atomic():
                review = fitting(translation)
                if review and target.live and target.live_revision_id != review.revision_id:
                    publish(review)
        except ValidationError:
            # The gate, or a value that the target's language has no room for: the state says that it is behind.
            pass
    return note(translation)


def let_go(target: Translatable) -> None:
    """When a review has ended: the source may have changed while somebody was reading."""
    if translation := translation_of(target):
        keep_up(translation)


def publish(review: Review) -> None:
    """What was approved string by string; nobody's rights are asked."""
    with approval():
        review.revision.publish(skip_permission_checks=True)


def note(translation: Translation) -> bool:
    """Keeps since when readers see what the source no longer says. Whether nothing is left to do."""
    review, segments = shown_or_next(translation, target_of(translation)), segments_of(translation)
    current = is_current(translation, review, segments)
    if review and current == bool(review.outdated_since):
        review.outdated_since = None if current else timezone.now()
        review.save(update_fields=["outdated_since"])
    return fits(translation, review, segments)


def went_live(translation: Translation, revision: Translatable) -> None:
    reviews = approved_reviews(translation)
    reviews.filter(revision=revision).update(went_live_at=timezone.now())
    reviews.exclude(revision=revision).update(outdated_since=None)
    note(translation)


def is_held(target: Translatable) -> bool:
    """Whether somebody is at work on it."""
    return bool(target.get_lock() or target.workflow_in_progress)


def _content(translation: Translation) -> dict[str, Any]:
    draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    return shown(draft.serializable_data())


def has_new_values(translation: Translation) -> bool:
    newest = approved_reviews(translation).first()
    return newest is not None and _unreviewed_values(translation, newest)


def _unreviewed_values(translation: Translation, newest: Review) -> bool:
    """Links and pictures of the language's own that a translator has set since."""
    return SegmentOverride.objects.filter(
        locale_id=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        updated_at__gt=newest.submitted_at,
    ).exists()
