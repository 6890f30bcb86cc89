"""Comparison of reviewed translations with their sources, and updates of translations that need no decision.

Each review keeps a fingerprint of what its revision was made from: the source with its blocks, their order and
values, and the texts. If every unit of a changed source has an approved text, because a paragraph was removed or
moved or a year was changed, the translation is made again from the approved texts."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Revision, WorkflowMixin
from wagtail_localize.models import SegmentOverride, Translation, TranslationLog

from core.publishing.gate import shown
from core.publishing.publication import approval
from core.typed import Translatable
from translation.models import Review, ReviewStatus, Standing
from translation.notices.events import see_ready
from translation.sync.snapshot import overrides_of, snapshot
from translation.units.fingerprints import fingerprint, made_from, print_of
from translation.units.segments import Segment, save_draft, segments_of, target_of, translation_of
from translation.units.summaries import outdate


def all_approved(segments: list[Segment]) -> bool:
    """Return whether all units have a draft text that is the approved one; True if there are no units."""
    return all(segment.standing == Standing.APPROVED for segment in segments)


def fits(translation: Translation, review: Review | None, segments: list[Segment]) -> bool:
    """Return whether all units have approved draft texts and `review` was made from the source and the texts as
    they are now. False for None."""
    return all_approved(segments) and review is not None and review.made_from == made_from(translation, segments)


def is_current(translation: Translation, review: Review | None, segments: list[Segment]) -> bool:
    """Return whether `review` was made from the source as it is now and from the approved text of each unit,
    whatever the draft texts are. False for None."""
    approved = [(*segment.place, segment.approved) for segment in segments if segment.approved is not None]
    if review is None or len(approved) < len(segments):
        return False
    return review.made_from == fingerprint(print_of(translation.source), approved)


def approved_reviews(translation: Translation) -> models.QuerySet[Any]:
    """Return the approved reviews of a translation, the newest first."""
    return Review.objects.filter(
        object_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        status=ReviewStatus.APPROVED,
    ).select_related("revision")


def seen_by_readers(translation: Translation) -> Review | None:
    """Return the approved review that went live last, also if the target has been unpublished since; None if none
    went live."""
    return approved_reviews(translation).exclude(went_live_at=None).order_by("-went_live_at", "-pk").first()


def shown_or_next(translation: Translation, target: Translatable | None) -> Review | None:
    """Return the review that readers see or, if the target is missing or not live, the newest approved one. None
    if there is none."""
    return seen_by_readers(translation) if target and target.live else approved_reviews(translation).first()


@transaction.atomic
def fitting(translation: Translation) -> Review | None:
    """Return the newest approved review if it fits the source. Otherwise, if all units are approved, return one
    with the same content, or a new one for a draft made of the approved texts, and store it. Return None if
    nothing was approved yet, or if a person is needed because a unit is not approved or an override is newer."""
    newest = approved_reviews(translation).first()
    segments = segments_of(translation)
    if newest is None or fits(translation, newest, segments):
        return newest
    if not all_approved(segments) or _unreviewed_values(translation, newest):
        return None
    now, content = made_from(translation, segments), _content(translation)
    outdate(newest.object_key, newest.locale_id)
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
        overrides=overrides_of(translation),
        status=ReviewStatus.APPROVED,
        decided_at=timezone.now(),
        made_from=now,
    )


def keep_up(translation: Translation) -> bool:
    """Publish what fits the source if the target is live, unless it is locked or in a workflow, or a publishing
    check refuses. Return whether nothing is left for a person to do. Without target or approved review, do nothing
    and return whether no review waits."""
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
            # A publishing check or the validation of the target has refused: the state stays stale.
            pass
    return note(translation)


def let_go(target: Translatable) -> None:
    """Update the translation of `target`, if it follows a source, after its review has ended: the source may have
    changed during the review."""
    if translation := translation_of(target):
        keep_up(translation)


def publish(review: Review) -> None:
    """Publish the revision of an approved review without checking permissions. Raise PublishBlocked if it has
    findings."""
    with approval():
        review.revision.publish(skip_permission_checks=True)


def note(translation: Translation) -> bool:
    """Set or clear, in the review that readers see or would see, since when it is of an earlier source. Return
    whether it `fits`, so that nothing is left to do."""
    review, segments = shown_or_next(translation, target_of(translation)), segments_of(translation)
    current = is_current(translation, review, segments)
    if review and current == bool(review.outdated_since):
        review.outdated_since = None if current else timezone.now()
        review.save(update_fields=["outdated_since"])
        if not current:
            see_ready(review.object_key, review.locale_id)
    return fits(translation, review, segments)


def record_wait(translation: Translation, revision: Revision) -> None:
    """Record on the approved review with this revision, if it goes live for the first time, since when readers had
    waited: since the source changed or, for the first translation, since it was sent and its source was public. To
    be called before `went_live`, which clears since when the others are outdated."""
    reviews = approved_reviews(translation)
    first_time = reviews.filter(revision=revision, first_live_at=None, went_live_at=None)
    others = reviews.exclude(revision=revision)
    if others.exclude(went_live_at=None).exists():
        since = others.aggregate(since=models.Min("outdated_since"))["since"]
    else:
        since = _sent_at(translation)
    if since:
        first_time.update(first_live_at=timezone.now(), source_changed_at=since)


def _sent_at(translation: Translation) -> datetime | None:
    """Return when an object was sent into the language or, if that was later, first published in its own."""
    logs = TranslationLog.objects.filter(source=translation.source_id, locale=translation.target_locale_id)
    sent: datetime | None = logs.aggregate(sent=models.Min("created_at"))["sent"]
    source = translation.source
    model: Any = source.specific_content_type.model_class()
    originals = model._base_manager.filter(translation_key=source.object_id, locale=source.locale_id)
    published = originals.values_list("first_published_at", flat=True).first()
    return max(sent, published) if sent and published else sent


def went_live(translation: Translation, revision: Revision) -> None:
    """Record that the approved review with this revision is the one that readers see now, and that nobody has to
    publish it any more."""
    reviews = approved_reviews(translation)
    reviews.filter(revision=revision).update(went_live_at=timezone.now())
    reviews.exclude(revision=revision).update(outdated_since=None)
    see_ready(translation.source.object_id, translation.target_locale_id)
    note(translation)


def is_held(target: WorkflowMixin) -> bool:
    """Return whether an object is locked, for whomever, or in a workflow."""
    return bool(target.get_lock() or target.workflow_in_progress)


def _content(translation: Translation) -> dict[str, Any]:
    draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    return shown(draft.serializable_data())


def has_new_values(translation: Translation) -> bool:
    """Return whether overrides have been set since the newest approved review was submitted. False if there is
    none."""
    newest = approved_reviews(translation).first()
    return newest is not None and _unreviewed_values(translation, newest)


def _unreviewed_values(translation: Translation, newest: Review) -> bool:
    """Return whether overrides have been set since `newest` was submitted."""
    return SegmentOverride.objects.filter(
        locale_id=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        updated_at__gt=newest.submitted_at,
    ).exists()
