"""Functions with which a reviewer approves, returns and corrects single units of a waiting review, and finishes
it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation

from core.typed import Translatable
from translation.alt_texts import drafts
from translation.checks import findings
from translation.models import AltTextDraft, Review, ReviewStatus, UnitDecision
from translation.review.comments import add_comment
from translation.review.decide import decisions_on, may_decide, may_take_part
from translation.review.submit import submit
from translation.review.workflow import decide, require_waiting
from translation.units.chips import words_of
from translation.units.fields import place_of
from translation.units.four_eyes import Hashes, hashes_of, units_against
from translation.units.origins import CORRECTED_TOOL
from translation.units.segments import segments_of, translation_of

Confirm = Callable[[Review], None]


@dataclass
class Finished:
    """What a reviewer has finished with: reviews and alternative texts that are approved or returned, and those
    that still wait. `marked` counts what is new and marked, and was left for the reviewer to decide by itself.
    `errors` say why something could not be approved."""

    approved: int = 0
    returned: int = 0
    waiting: int = 0
    marked: int = 0
    errors: list[str] = field(default_factory=list)


def changed_units(review: Review) -> set[Hashes]:
    """Return the units of a review that somebody has to approve."""
    return {hashes_of(each) for each in review.wordings if each.get("is_new", True)}


def own_units(user: User, review: Review) -> set[Hashes]:
    """Return the units of a review that `user` has to leave to another reviewer."""
    return units_against(user.pk, review) if settings.TRANSLATION_FOUR_EYES else set()


@transaction.atomic
def decide_unit(review: Review, place: Hashes, user: User, is_approved: bool, reason: str = "") -> None:
    """Approve one unit of a review, or return it for `reason`. It counts when the reviewer finishes. Raise
    PermissionDenied if `user` may not take part, ValidationError if the unit is their own, is not in the review,
    lacks a reason, or if the review waits no longer."""
    review = _locked(review, user)
    if place not in {hashes_of(each) for each in review.wordings}:
        raise ValidationError(_("The text has changed in the meantime. Check it again."))
    if is_approved and place in own_units(user, review):
        raise ValidationError(_("You have written or changed this text. Another reviewer has to approve it."))
    reason = reason.strip()
    if not is_approved and not reason:
        raise ValidationError(_("Enter what should be changed."))
    path_id, string_hash = place
    UnitDecision.objects.update_or_create(
        review=review,
        path_id=path_id,
        string_hash=string_hash,
        defaults={"is_approved": is_approved, "reason": "" if is_approved else reason, "decided_by": user},
    )


@transaction.atomic
def correct(review: Review, place: Hashes, user: User, text: str) -> Review:
    """Store a reviewer's text for one unit, which is theirs then, and submit the object again in place of
    `review`. Return the new review. Raise PermissionDenied if `user` may not take part, ValidationError if the
    text is faulty, if the translator has changed it since it was submitted, or if the review waits no longer."""
    review = _locked(review, user)
    target = review.revision.content_object
    translation = translation_of(target)
    wording = next((each for each in review.wordings if hashes_of(each) == place), None)
    segments = segments_of(translation) if translation else []
    segment = next((each for each in segments if (str(each.path_id), str(each.string_hash)) == place), None)
    if not (translation and wording and segment and segment.text == wording["text"]):
        raise ValidationError(_("The text has changed in the meantime. Check it again."))
    language = translation.target_locale.language_code
    field = place_of(type(target), segment.field_path)
    found = findings(segment.source, text, language, field.max_length, is_one_line=field.is_one_line)
    if errors := [each.message for each in found if not each.may_be_waived]:
        raise ValidationError(f"“{words_of(segment.source)[:80]}”: {' '.join(errors)}")
    row = StringTranslation.objects.select_for_update(of=("self",)).get(
        context__object_id=review.object_key,
        context__path_id=segment.path_id,
        translation_of__data_hash=segment.string_hash,
        locale_id=review.locale_id,
    )
    row.data, row.last_translated_by, row.tool_name = text, user, CORRECTED_TOOL
    row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    row.save()
    # Both reviews are of one submission, of which reviewers have been told.
    review.submission = review.submission or uuid4()
    review.status = ReviewStatus.WITHDRAWN
    review.save(update_fields=["submission", "status"])
    # What reviewers have before them already is theirs to judge: only what is new to them is checked.
    known = {(each["path_id"], each["text"]) for each in review.wordings}
    return submit(translation, review.submitted_by, review.submission, known)


def finish(
    reviews: Collection[Review],
    pictures: Collection[AltTextDraft],
    user: User,
    marked: dict[int, set[Hashes]],
    confirm: Confirm,
) -> Finished:
    """Approve all units that are neither decided nor `marked`, given by the review's primary key, nor the user's
    own; then return the objects with a returned unit, and approve those of which all units are approved.
    Alternative texts are approved that the user may decide. `confirm` is called before an object is approved as a
    whole."""
    done = Finished()
    for review in reviews:
        try:
            with transaction.atomic():
                _finish_one(review, user, marked.get(review.pk, set()), confirm, done)
        except ValidationError as error:
            done.waiting += 1
            done.errors.append(f"{_name(review)}: {' '.join(error.messages)}")
    for draft in pictures:
        try:
            with transaction.atomic():
                drafts.approve(draft.pk, draft.image_id, user)
            done.approved += 1
        except ValidationError as error:
            done.waiting += 1
            done.errors.append(f"{draft.image.title}: {' '.join(error.messages)}")
    return done


def reject(reviews: Collection[Review], user: User, reason: str) -> Finished:
    """Request changes of the objects with a returned unit, or if there is none of all that `user` may decide.
    Raise ValidationError without a reason or a returned unit."""
    done, returned = Finished(), {review.pk: returned_units(review) for review in reviews}
    some = any(returned.values())
    for review in reviews:
        if returned[review.pk] or not some:
            reasons = [reason.strip(), *_reasons(review, returned[review.pk])]
            _comment_on(review, returned[review.pk])
            decide(review, user, "reject", "\n".join(filter(None, reasons)))
            done.returned += 1
        else:
            done.waiting += 1
    return done


def returned_units(review: Review) -> dict[Hashes, UnitDecision]:
    """Return the units that reviewers have returned, with the decisions."""
    return {place: each for place, each in decisions_on(review).items() if not each.is_approved}


def _finish_one(review: Review, user: User, marked: set[Hashes], confirm: Confirm, done: Finished) -> None:
    review = _locked(review, user)
    decisions = decisions_on(review)
    if returned := {place: each for place, each in decisions.items() if not each.is_approved}:
        _comment_on(review, returned)
        decide(review, user, "reject", "\n".join(_reasons(review, returned)))
        done.returned += 1
        return
    left = changed_units(review) - set(decisions)
    foreign = left - own_units(user, review)
    approved = foreign - marked
    if approved == left and may_decide(user, review):
        confirm(review)
        decide(review, user, "approve")
        done.approved += 1
        return
    UnitDecision.objects.bulk_create(
        UnitDecision(review=review, path_id=path_id, string_hash=string_hash, is_approved=True, decided_by=user)
        for path_id, string_hash in sorted(approved)
    )
    done.waiting += 1
    done.marked += len(foreign & marked)


def _locked(review: Review, user: User) -> Review:
    review = Review.objects.select_for_update().get(pk=review.pk)
    if not may_take_part(user, review):
        raise PermissionDenied
    require_waiting(review)
    return review


def _reasons(review: Review, returned: dict[Hashes, UnitDecision]) -> list[str]:
    """Return the reasons for which units were returned, each with the beginning of the source, in their order."""
    return [
        f"“{each['source'][:60]}”: {returned[hashes_of(each)].reason}"
        for each in review.wordings
        if hashes_of(each) in returned
    ]


def _comment_on(review: Review, returned: dict[Hashes, UnitDecision]) -> None:
    """Store the reasons for which units were returned as comments, which stay with the units until somebody
    resolves them: translators see them at the unit, and the next reviewer has to look at it."""
    for place, decision in returned.items():
        if decision.decided_by:
            add_comment(review, place, decision.decided_by, decision.reason)


def _name(review: Review) -> str:
    target: Translatable = review.revision.content_object
    return str(target)
