"""Decisions on reviews and their consequences."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision
from wagtail_localize.models import Translation

from core.findings import ActionRefused
from core.languages.bidi import embedded
from core.publishing.publication import approval
from core.typed import Translatable
from translation.access.queries import locales_for, may_review
from translation.memory import indexing
from translation.models import (
    APPROVED_ANEW,
    LanguageAction,
    Review,
    ReviewStatus,
    Unit,
    UnitDecision,
    text_key,
)
from translation.notices.events import tell_of_ready
from translation.sync.snapshot import overrides_of, snapshot
from translation.sync.upkeep import fitting, is_current
from translation.units.authors import forget_others
from translation.units.fingerprints import made_from
from translation.units.four_eyes import (
    Hashes,
    has_set_values,
    hashes_of,
    may_approve_something,
    units_against,
)
from translation.units.segments import is_page, segments_of, translation_of
from translation.units.summaries import outdate


class ApprovalRefused(ActionRefused):
    """A refusal to approve a review as a whole."""

    @property
    def title(self) -> str:
        return _("“%(title)s” was not approved.") % {"title": embedded(self.subject)}


def waiting_review(obj: Translatable) -> Review | None:
    """Return the review of an object in its language that waits for a decision, or None."""
    return Review.objects.filter(
        object_key=obj.translation_key, locale_id=obj.locale_id, status=ReviewStatus.WAITING
    ).first()


def may_decide(user: User, review: Review) -> bool:
    """Return whether `user` may approve a review as a whole: a reviewer of the language who, if
    TRANSLATION_FOUR_EYES is on, has written or changed none of its new texts and values, except for units that
    another reviewer has approved already."""
    if not may_review(user, review.locale_id):
        return False
    if not settings.TRANSLATION_FOUR_EYES:
        return True
    if has_set_values(user.pk, review):
        return False
    against = units_against(user.pk, review)
    return not against or against <= {place for place, each in decisions_on(review).items() if each.is_approved}


def may_take_part(user: User, review: Review) -> bool:
    """Return whether `user` may approve some unit of a review, or request changes."""
    if not may_review(user, review.locale_id):
        return False
    return not settings.TRANSLATION_FOUR_EYES or may_approve_something(user.pk, review)


def decisions_on(review: Review) -> dict[Hashes, UnitDecision]:
    """Return what reviewers have decided on single units of a review, by the unit (one query)."""
    rows = review.decisions.select_related("decided_by")
    return {(str(row.path_id), str(row.string_hash)): row for row in rows}


def decidable_by(user: User) -> models.QuerySet[Review]:
    """Return the waiting reviews of which `user` has written nothing that is new, and that they may decide."""
    waiting = _waiting_for(user)
    return waiting.exclude(translators=user) if settings.TRANSLATION_FOUR_EYES else waiting


def open_to(user: User) -> list[int]:
    """Return the primary keys of the waiting reviews that `user` may take part in."""
    waiting = _waiting_for(user)
    if not settings.TRANSLATION_FOUR_EYES:
        return list(waiting.values_list("pk", flat=True))
    own = waiting.filter(translators=user).prefetch_related("translators")
    partly = [review.pk for review in own if may_approve_something(user.pk, review)]
    return [*decidable_by(user).values_list("pk", flat=True), *partly]


def _waiting_for(user: User) -> models.QuerySet[Review]:
    waiting = Review.objects.filter(status=ReviewStatus.WAITING)
    if user.is_superuser:
        return waiting
    return waiting.filter(locale_id__in=locales_for(user, LanguageAction.REVIEW))


@transaction.atomic
def approve(review: Review, user: User | None) -> None:
    """Approve a review and its texts, and publish the target if it is live or a snippet; any other page waits for
    somebody who publishes it. If the source has changed during the review, what is published is made from the
    source as it is now, provided that all of its units are approved; of a page that is out of date at once,
    publishers are not told. Raise PublishBlocked if the target has
    findings, and ApprovalRefused if a reviewer has returned one of its units; nothing is approved then."""
    if review.decisions.filter(is_approved=False).exists():
        reasons = [_("A string was returned. Open the review and finish it there.")]
        raise ApprovalRefused(review.revision.content_object, {NON_FIELD_ERRORS: reasons})
    _decided(review, ReviewStatus.APPROVED, user)
    record(review, user)
    target = review.revision.content_object
    translation = translation_of(target)
    fit = fitting(translation) if translation else review
    # What translators change during the review does not keep it from being published.
    is_fresh = fit or (translation and is_current(translation, review, segments_of(translation)))
    if is_fresh and not goes_live(target):
        tell_of_ready(review)
    review = fit or review
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
    """Store the texts of a review, without stale ones, as approved by `user`, or by who has approved the single
    unit before."""
    now = timezone.now()
    approvers = {place: each.decided_by_id for place, each in decisions_on(review).items() if each.is_approved}
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
                approved_by_id=approvers.get(hashes_of(each)) or (user.pk if user else None),
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
    forget_others(
        review.object_key,
        review.locale_id,
        {(UUID(each["path_id"]), UUID(each["hash"])): text_key(each["text"]) for each in fresh},
    )
    indexing.note(each["hash"] for each in fresh)
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
