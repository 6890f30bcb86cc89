"""Submission of translations for review."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Workflow, WorkflowState
from wagtail_localize.models import SegmentOverride, Translation

from core.references.files import images_of
from core.typed import Translatable
from translation.alt_texts.texts import pictures_among
from translation.campaign_contents.belonging import belonging_to
from translation.checks.alt_texts import checked_drafts
from translation.checks.units import checked_segments
from translation.models import AltTextDraft, Review, ReviewStatus, UnitDecision
from translation.notices.events import Submitted, once_on_commit
from translation.review.decide import decisions_on, waiting_review
from translation.review.workflow import require_waiting
from translation.sync.overrides import check_overrides
from translation.sync.snapshot import overrides_of, snapshot
from translation.sync.upkeep import fits, has_new_values, let_go, shown_or_next
from translation.units.authors import authors_of
from translation.units.chips import words_of
from translation.units.fingerprints import made_from
from translation.units.four_eyes import hashes_of
from translation.units.origins import origins_of
from translation.units.segments import Place, Segment, original_of, save_draft, segments_of, target_of

WORKFLOW = "Review of a translation"
UNFINISHED = "unfinished"


@dataclass
class Submission:
    """What was submitted together. `left_out` says of the rest why it was not, a sentence each."""

    reviews: list[Review] = field(default_factory=list)
    drafts: list[AltTextDraft] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def submit_together(translation: Translation, user: User | None, number: int = 1) -> Submission:
    """Submit a translation for review together with what belongs to it and needs a review: material, people, and
    alternative texts of images. Of more than is worked on together, submit the portion with this number. The
    translation itself is left out if it needs none, or waits for one already, and something else does. Raise
    ValidationError as `submit` does; what belongs to it and cannot be submitted is left out."""
    together, made = uuid4(), Submission()
    belonging = belonging_to(translation, number=number)
    others = [each for each, _source in belonging if _needs_review(each)]
    drafts = _open_alt_texts(translation, [source for _each, source in belonging])
    refused = _refused(drafts, translation.target_locale_id, made)
    if not (others or drafts) or (_needs_review(translation) and not _waits(translation)):
        made.reviews.append(_submit_first(translation, user, together, belonging))
    for each in others:
        try:
            with transaction.atomic():
                made.reviews.append(submit(each, user, together))
        except ValidationError as error:
            made.left_out.append(_said_of(each.source.object_repr, error.messages))
    made.drafts = [draft for draft in drafts if draft.image_id not in refused]
    if not (made.reviews or made.drafts):
        raise ValidationError(made.left_out)
    AltTextDraft.objects.filter(pk__in=[draft.pk for draft in made.drafts]).update(
        submission=together, status=ReviewStatus.WAITING
    )
    once_on_commit(Submitted(together))
    return made


def _submit_first(
    translation: Translation, user: User | None, together: UUID, belonging: list[tuple[Translation, Translatable]]
) -> Review:
    """Submit the translation itself. If strings of it are not translated, say how many there are with those of
    what belongs to it, as the desk counts them."""
    try:
        return submit(translation, user, together)
    except ValidationError as error:
        if getattr(error, "code", "") == UNFINISHED:
            beside = [segments_of(each) for each, _source in belonging]
            check_complete(segments_of(translation), beside, _missing_alt_texts(translation, belonging))
        raise


@transaction.atomic
def submit(
    translation: Translation,
    user: User | None,
    submission: UUID | None = None,
    known: Collection[tuple[str, str]] = (),
) -> Review:
    """Save the draft texts as a revision, start its review, which replaces an earlier workflow of this kind, and
    return the review. Reviews with the same `submission` are shown together. Texts that are `known`, given with
    the hash of their path, are not held against the checks again. Raise ValidationError, with advice on what to
    do, if `check` refuses."""
    target = target_of(translation)
    segments = segments_of(translation)
    check(translation, target, segments, user, known)
    assert target is not None  # `check` raises otherwise
    revision = save_draft(translation, user)
    authors = authors_of(translation, segments)
    try:
        with transaction.atomic():
            review = Review.objects.create(
                made_from=made_from(translation, segments),
                object_key=translation.source.object_id,
                locale_id=translation.target_locale_id,
                revision=revision,
                wordings=_wordings(translation, segments, authors),
                overrides=overrides_of(translation),
                submitted_by=user,
                submission=submission,
            )
    except IntegrityError as error:
        # The database keeps a second one out that another request has made meanwhile.
        raise ValidationError(already_in_review()) from error
    review.translators.set(translators_of(translation, authors))
    _keep_decisions(review)
    target.refresh_from_db()
    _start_workflow(target, user)
    return review


def _wordings(
    translation: Translation, segments: list[Segment], authors: dict[Place, set[int]]
) -> list[dict[str, Any]]:
    """Return the texts for `Review.wordings`, with who may not approve each of them, whether it is new, and where
    it comes from."""
    origins = origins_of(translation)
    fresh = {segment.place for segment in segments if not segment.is_approved}
    found = snapshot(translation)
    for each in found:
        place = UUID(each["path_id"]), UUID(each["hash"])
        each["authors"] = sorted(authors.get(place, ()))
        each["is_new"] = place in fresh
        each["origin"] = origins.get(place, "")
    return found


def _keep_decisions(review: Review) -> None:
    """Take over which units reviewers have approved in the last review of the object, if it ended without an
    approval, where the text is the same and they are not among its authors."""
    last = Review.objects.filter(
        object_key=review.object_key, locale_id=review.locale_id, pk__lt=review.pk
    ).first()
    if last is None or last.status == ReviewStatus.APPROVED:
        return
    texts = {hashes_of(each): each for each in review.wordings}
    before = {hashes_of(each): each["text"] for each in last.wordings}
    kept = []
    for place, each in decisions_on(last).items():
        now = texts.get(place)
        is_same = now is not None and now["text"] == before.get(place)
        if now and is_same and each.is_approved and each.decided_by_id not in now["authors"]:
            each.pk, each.review = None, review
            kept.append(each)
    UnitDecision.objects.bulk_create(kept)


def _needs_review(translation: Translation) -> bool:
    """Return whether readers do not see a translation as it is now, or would not if it was published, and it is
    not in review. False without a target."""
    target = target_of(translation)
    if target is None or _waits(translation):
        return False
    segments = segments_of(translation)
    return not fits(translation, shown_or_next(translation, target), segments) or has_new_values(translation)


def _waits(translation: Translation) -> bool:
    return Review.objects.filter(
        object_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        status=ReviewStatus.WAITING,
    ).exists()


def _refused(drafts: list[AltTextDraft], locale_id: int, made: Submission) -> set[int]:
    """Return the primary keys of images whose alternative texts have blocking findings that nobody has waived, and
    say so in `made.left_out`."""
    found = checked_drafts(drafts, locale_id)
    refused = set()
    for draft in drafts:
        stops = [each.finding.message for each in found.get(draft.image_id, ()) if each.stops]
        if stops:
            refused.add(draft.image_id)
            made.left_out.append(_said_of(draft.image.title, stops))
    return refused


def _said_of(name: str, messages: list[str]) -> str:
    """Return these messages after the name of what they are about, unless they begin with it: a quote is named by
    its text, and so is its string."""
    said = " ".join(messages)
    named = f"“{name[:-1]}" if name.endswith("…") else f"“{name}”"
    return said if said.startswith(named) else f"“{name}”: {said}"


def _open_alt_texts(translation: Translation, belonging: list[Translatable]) -> list[AltTextDraft]:
    """Return the drafts of alternative texts, in the language, of the images that an object and those
    belonging to it show, which were not submitted yet, or alone."""
    drafts = AltTextDraft.objects.filter(
        image__in=_images(translation, belonging), locale=translation.target_locale_id, submission=None
    ).filter(status__in=(ReviewStatus.WITHDRAWN, ReviewStatus.WAITING))
    return list(drafts.select_related("image").order_by("pk"))


def _images(translation: Translation, belonging: list[Translatable]) -> set[int]:
    """Return the primary keys of the images that an object and those belonging to it show."""
    target = target_of(translation)
    images = images_of(original_of(target)) if target else set()
    return images | {pk for each in belonging if (pk := getattr(each, "photo_id", None))}


def _missing_alt_texts(translation: Translation, belonging: list[tuple[Translation, Translatable]]) -> int:
    """Return how many of these images have no alternative text in the language, nor a draft of one."""
    images = _images(translation, [source for _each, source in belonging])
    pictures = pictures_among(images, translation.target_locale)
    return sum(not (each.draft.text if each.draft else each.text) for each in pictures)


def check(
    translation: Translation,
    target: Translatable | None,
    segments: list[Segment],
    user: User | None,
    known: Collection[tuple[str, str]] = (),
) -> None:
    """Raise ValidationError if a translation cannot be submitted: no target, in review, in another workflow,
    locked for `user`, units without a confirmed text or, unless it is `known`, with a blocking finding, or
    overrides that could not be published."""
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
    check_findings(translation, [each for each in segments if (str(each.path_id), each.text) not in known])
    check_overrides(translation)


def already_in_review() -> str:
    """Return the error message for a translation that has a waiting review."""
    return _("Already in review. Wait for the result, or cancel the review first.")


def check_complete(segments: list[Segment], beside: Iterable[list[Segment]] = (), others: int = 0) -> None:
    """Raise ValidationError with the code UNFINISHED if a unit is not translated, or has a text that was imported
    and not confirmed. Units that are not translated are counted with those `beside` them, of other objects, and
    with `others`."""
    unsure = [segment for segment in segments if segment.needs_review]
    missing = [segment for segment in segments if not segment.is_translated and not segment.needs_review]
    if missing:
        open_places = ({each.place for each in some if not each.is_translated} for some in (segments, *beside))
        count = sum(map(len, open_places)) + others
        message = ngettext(
            "One string is not translated: “%(first)s”. Translate it, then submit.",
            "%(count)d strings are not translated, the first of them “%(first)s”. Translate them, then submit.",
            count,
        )
        names = {"count": count, "first": words_of(missing[0].source)[:80]}
        raise ValidationError(message % names, UNFINISHED)
    if unsure:
        message = ngettext(
            "One imported string needs review: “%(first)s”. Check and save it, then submit.",
            "%(count)d imported strings need review, the first of them “%(first)s”. Check and save each, then "
            "submit.",
            len(unsure),
        )
        names = {"count": len(unsure), "first": words_of(unsure[0].source)[:80]}
        raise ValidationError(message % names, UNFINISHED)


def check_findings(translation: Translation, segments: list[Segment]) -> None:
    """Raise ValidationError, with one message for each unit, if texts have blocking findings that nobody has
    waived."""
    found = checked_segments(translation, segments)
    sources = {segment.place: words_of(segment.source) for segment in segments}
    refused = [
        f"“{sources[place][:80]}”: {' '.join(each.finding.message for each in checked if each.stops)}"
        for place, checked in found.items()
        if any(each.stops for each in checked)
    ]
    if refused:
        advice = _("Correct the texts, or waive the finding with a reason, then submit.")
        raise ValidationError([*refused, advice])


def withdraw(review: Review, user: User) -> None:
    """Withdraw a review and all that waits with it, end the workflows, and update the translations if their
    sources have changed meanwhile. Raise ValidationError if the review waits no longer. Rights are not checked."""
    with transaction.atomic():
        review = Review.objects.select_for_update().get(pk=review.pk)
        require_waiting(review)
        together = [review]
        if review.submission:
            others = Review.objects.select_for_update().filter(submission=review.submission).exclude(pk=review.pk)
            together += others.filter(status=ReviewStatus.WAITING).order_by("pk")
            drafts = AltTextDraft.objects.filter(submission=review.submission, status=ReviewStatus.WAITING)
            drafts.update(status=ReviewStatus.WITHDRAWN, submission=None)
        for each in together:
            each.status = ReviewStatus.WITHDRAWN
            each.save(update_fields=["status"])
            for state in _own_workflows(each.revision.content_object):
                state.cancel(user=user)
            let_go(each.revision.content_object)


def translators_of(translation: Translation, authors: dict[Place, set[int]]) -> models.QuerySet[Any]:
    """Return the users who have translated or overridden what no reviewer has approved yet: the `authors` of
    texts, and those of overrides set since the last approved review was submitted."""
    people: set[int | None] = set().union(*authors.values())
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
