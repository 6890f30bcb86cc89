"""Decisions on reviews by way of Wagtail's workflow, so that its lists and logs include them."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from translation.models import Review, ReviewStatus
from translation.review.decide import approve, may_decide, may_take_part, refuse
from translation.sync.upkeep import let_go


def require_waiting(review: Review) -> None:
    """Raise ValidationError if the review has been withdrawn or decided, so that it waits no longer."""
    if review.status == ReviewStatus.WITHDRAWN:
        raise ValidationError(_("The review was cancelled in the meantime."))
    if review.status != ReviewStatus.WAITING:
        raise ValidationError(_("The review was completed in the meantime."))


@transaction.atomic
def decide(review: Review, user: User, action: str, comment: str = "") -> None:
    """Approve a review or request changes with `comment` as the reason; `action` is "approve" or "reject". Raise
    PermissionDenied if `user` may not decide, ValidationError if the reason is missing or the review waits no
    longer, and PublishBlocked if what would go live has findings. Nothing is decided then."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    if not (may_take_part if action == "reject" else may_decide)(user, review):
        raise PermissionDenied
    require_waiting(review)
    state = TaskState.objects.filter(revision=review.revision, status=TaskState.STATUS_IN_PROGRESS).first()
    if state:
        state.task.specific.on_action(state.specific, user, action, comment=comment)
    elif action == "approve":
        approve(review, user)
    else:
        refuse(review, user, comment)
        let_go(review.revision.content_object)
