"""Submission of translations for review."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Workflow, WorkflowState
from wagtail_localize.models import SegmentOverride, Translation

from core.typed import Translatable
from translation.checks.units import checked_segments
from translation.models import Review, ReviewStatus
from translation.review.decide import waiting_review
from translation.review.workflow import require_waiting
from translation.sync.overrides import check_overrides
from translation.sync.snapshot import overrides_of, snapshot
from translation.sync.upkeep import let_go
from translation.units.difference import as_read
from translation.units.fingerprints import made_from
from translation.units.segments import Segment, save_draft, segments_of, target_of

WORKFLOW = "Review of a translation"


@transaction.atomic
def submit(translation: Translation, user: User | None) -> Review:
    """Save the draft texts as a revision, start its review, which replaces an earlier workflow of this kind, and
    return the review. Raise ValidationError, with advice on what to do, if `check` refuses."""
    target = target_of(translation)
    segments = segments_of(translation)
    check(translation, target, segments, user)
    assert target is not None  # `check` raises otherwise
    revision = save_draft(translation, user)
    try:
        with transaction.atomic():
            review = Review.objects.create(
                made_from=made_from(translation, segments),
                object_key=translation.source.object_id,
                locale_id=translation.target_locale_id,
                revision=revision,
                wordings=snapshot(translation),
                overrides=overrides_of(translation),
                submitted_by=user,
            )
    except IntegrityError as error:
        # The database keeps a second one out that another request has made meanwhile.
        raise ValidationError(already_in_review()) from error
    review.translators.set(translators_of(translation, segments))
    target.refresh_from_db()
    _start_workflow(target, user)
    return review


def check(
    translation: Translation, target: Translatable | None, segments: list[Segment], user: User | None
) -> None:
    """Raise ValidationError if a translation cannot be submitted: no target, in review, in another workflow,
    locked for `user`, units without a confirmed text or with a blocking finding, or overrides that could not be
    published."""
    if target is None:
        raise ValidationError(_("Nothing to review: the translation has been deleted."))
    if waiting_review(target):
        raise ValidationError(already_in_review())
    if _foreign_workflow(target):
        raise ValidationError(_("Another workflow is in progress. Finish or cancel it first."))
    lock = target.get_lock()
    if lock and user and lock.for_user(user):
        raise ValidationError(lock.get_message(user) or _("Locked by another user."))
    check_complete(segments)
    check_findings(translation, segments)
    check_overrides(translation)


def already_in_review() -> str:
    """Return the error message for a translation that has a waiting review."""
    return _("Already in review. Wait for the result, or cancel the review first.")


def check_complete(segments: list[Segment]) -> None:
    """Raise ValidationError if a unit is not translated, or has a text that was imported and not confirmed."""
    unsure = [segment for segment in segments if segment.needs_review]
    missing = [segment for segment in segments if not segment.is_translated and not segment.needs_review]
    if missing:
        message = ngettext(
            "One string is not translated: “%(first)s”. Translate it, then submit.",
            "%(count)d strings are not translated, the first of them “%(first)s”. Translate them, then submit.",
            len(missing),
        )
        raise ValidationError(message % {"count": len(missing), "first": missing[0].source[:80]})
    if unsure:
        message = ngettext(
            "One imported string needs review: “%(first)s”. Check and save it, then submit.",
            "%(count)d imported strings need review, the first of them “%(first)s”. Check and save each, then "
            "submit.",
            len(unsure),
        )
        raise ValidationError(message % {"count": len(unsure), "first": unsure[0].source[:80]})


def check_findings(translation: Translation, segments: list[Segment]) -> None:
    """Raise ValidationError, with one message for each unit, if texts have blocking findings that nobody has
    waived."""
    found = checked_segments(translation, segments)
    sources = {segment.place: as_read(segment.source) for segment in segments}
    refused = [
        f"“{sources[place][:80]}”: {' '.join(each.finding.message for each in checked if each.stops)}"
        for place, checked in found.items()
        if any(each.stops for each in checked)
    ]
    if refused:
        advice = _("Correct the texts, or waive the finding with a reason, then submit.")
        raise ValidationError([*refused, advice])


def withdraw(review: Review, user: User) -> None:
    """Withdraw a review, end its workflow, and update the translation if its source has changed meanwhile. Raise
    ValidationError if the review waits no longer. Rights are not checked."""
    with transaction.atomic():
        review = Review.objects.select_for_update().get(pk=review.pk)
        require_waiting(review)
        review.status = ReviewStatus.WITHDRAWN
        review.save(update_fields=["status"])
        for state in _own_workflows(review.revision.content_object):
            state.cancel(user=user)
        let_go(review.revision.content_object)


def translators_of(translation: Translation, segments: list[Segment]) -> models.QuerySet[Any]:
    """Return the users who have translated or overridden what no reviewer has approved yet: unapproved texts, and
    overrides set since the last approved review was submitted. A stale unit does not count if its text was
    approved before."""
    people = {
        segment.translator
        for segment in segments
        if not segment.is_approved and not (segment.stale and segment.stale.was_approved)
    }
    last = Review.objects.filter(
        object_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        status=ReviewStatus.APPROVED,
    ).first()
    overrides = SegmentOverride.objects.filter(
        locale_id=translation.target_locale_id, context__object_id=translation.source.object_id
    )
    if last:
        overrides = overrides.filter(updated_at__gt=last.submitted_at)
    people.update(overrides.values_list("last_translated_by_id", flat=True))
    return get_user_model().objects.filter(pk__in=[pk for pk in people if pk is not None])


def _start_workflow(target: Translatable, user: User | None) -> None:
    for state in _own_workflows(target):
        state.cancel(user=user)
    Workflow.objects.get(name=WORKFLOW).start(target, user)


def _workflows(target: Translatable) -> models.QuerySet[Any]:
    return WorkflowState.objects.active().for_instance(target)


def _own_workflows(target: Translatable) -> models.QuerySet[Any]:
    return _workflows(target).filter(workflow__name=WORKFLOW)


def _foreign_workflow(target: Translatable) -> bool:
    return _workflows(target).exclude(workflow__name=WORKFLOW).exists()
