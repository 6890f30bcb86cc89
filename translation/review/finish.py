"""The function that WAGTAIL_FINISH_WORKFLOW_ACTION names. Wagtail imports it before models are loaded."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import WorkflowState


def finish(workflow_state: "WorkflowState", user: "User | None" = None) -> None:
    """Approve the review that waits for a finished workflow, in the name of `user`. If there is none, publish the
    latest revision with the drafts that go live together: approving the last task implies the permission. Raise
    PublishBlocked if what would go live has findings."""
    from core.publishing.publication import approval
    from translation.models import Review, ReviewStatus
    from translation.review.decide import approve

    revision = workflow_state.current_task_state.revision
    review = Review.objects.filter(revision=revision, status=ReviewStatus.WAITING).first()
    if review:
        approve(review, user)
    else:
        with approval():
            latest = workflow_state.content_object.get_latest_revision()
            latest.publish(user=user, skip_permission_checks=True)
