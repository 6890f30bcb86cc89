"""Decisions on reviews and their consequences."""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision
from wagtail_localize.models import Translation

from core.publishing.publication import approval
from core.typed import Translatable
from translation.access.queries import locales_for, may_review
from translation.models import APPROVED_ANEW, LanguageAction, Review, ReviewStatus, Unit
from translation.sync.snapshot import overrides_of, snapshot
from translation.sync.upkeep import fitting
from translation.units.fingerprints import made_from
from translation.units.segments import is_page, segments_of, translation_of
from translation.units.summaries import outdate


def waiting_review(obj: Translatable) -> Review | None:
    """Return the review of an object in its language that waits for a decision, or None."""
    return Review.objects.filter(
        object_key=obj.translation_key, locale_id=obj.locale_id, status=ReviewStatus.WAITING
    ).first()


def may_decide(user: User, review: Review) -> bool:
    """Return whether `user` may decide a review: a reviewer of the language who, if TRANSLATION_FOUR_EYES is on,
    is not among the review's `translators` (the authors, at submission, of unapproved texts and overrides)."""
    if not may_review(user, review.locale_id):
        return False
    return not settings.TRANSLATION_FOUR_EYES or not review.translators.filter(pk=user.pk).exists()


def decidable_by(user: User) -> models.QuerySet[Review]:
    """Return the waiting reviews that `user` may decide, as `may_decide` says."""
    waiting = Review.objects.filter(status=ReviewStatus.WAITING)
    if not user.is_superuser:
        waiting = waiting.filter(locale_id__in=locales_for(user, LanguageAction.REVIEW))
    return waiting.exclude(translators=user) if settings.TRANSLATION_FOUR_EYES else waiting


@transaction.atomic
def approve(review: Review, user: User | None) -> None:
    """Approve a review and its texts, and publish the target if it is live or a snippet; any other page waits for
    somebody who publishes it. If the source has changed during the review, what is published is made from the
    source as it is now, provided that all of its units are approved. Raise PublishBlocked if the target has
    findings; nothing is approved then."""
    _decided(review, ReviewStatus.APPROVED, user)
    record(review, user)
    target = review.revision.content_object
    translation = translation_of(target)
    review = (translation and fitting(translation)) or review
    if goes_live(target) and target.live_revision_id != review.revision_id:
        with approval():
            review.revision.publish(user=user, skip_permission_checks=True)


def goes_live(target: Translatable) -> bool:
    """Return whether an approval publishes the object: if it is live already, or a snippet."""
    return target.live or not is_page(target)


@transaction.atomic
def refuse(review: Review, user: User, reason: str) -> None:
    """Request changes for `reason`, in the name of `user`. Raise ValidationError if the reason is empty."""
    if not reason.strip():
        raise ValidationError(_("Enter what should be changed."))
    review.reason = reason.strip()
    _decided(review, ReviewStatus.REFUSED, user)


def approve_elsewhere(translation: Translation, revision: Revision) -> None:
    """Store an approved review, with its texts, for a revision of `translation` that a loader brings: it was
    reviewed before it was loaded."""
    review = Review.objects.create(
        object_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        revision=revision,
        wordings=snapshot(translation),
        overrides=overrides_of(translation),
        status=ReviewStatus.APPROVED,
        decided_at=timezone.now(),
        made_from=made_from(translation, segments_of(translation)),
    )
    record(review, None)


def record(review: Review, user: User | None) -> None:
    """Store the texts of a review, without stale ones, as approved by `user` (two queries, and one for each text
    that has become stale during the review)."""
    now = timezone.now()
    fresh = [each for each in review.wordings if not each["stale"]]
    Unit.objects.bulk_create(
        [
            Unit(
                object_key=review.object_key,
                locale_id=review.locale_id,
                path=each["path"],
                path_id=each["path_id"],
                string_hash=each["hash"],
                source=each["source"],
                approved_text=each["text"],
                approved_by=user,
                approved_at=now,
            )
            for each in {(each["path_id"], each["hash"]): each for each in fresh}.values()
        ],
        update_conflicts=True,
        unique_fields=["object_key", "locale", "path_id", "string_hash"],
        update_fields=[
            "source",
            "approved_text",
            "approved_by",
            "approved_at",
            "kept_by",
            "kept_at",
            *APPROVED_ANEW,
        ],
    )
    # The source may have changed during the review: then these texts are stale, and approved nevertheless.
    stale = Unit.objects.stale().filter(object_key=review.object_key, locale_id=review.locale_id)
    read = {(each["path"], each["source"], each["text"]) for each in fresh}
    for unit in stale.filter(was_approved=False):
        if (unit.path, unit.old_source, unit.old_text) in read:
            unit.was_approved = True
            unit.save(update_fields=["was_approved"])
    outdate(review.object_key, review.locale_id)


def _decided(review: Review, status: str, user: User | None) -> None:
    review.status, review.decided_by, review.decided_at = status, user, timezone.now()
    review.save(update_fields=["status", "decided_by", "decided_at", "reason"])
