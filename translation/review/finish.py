"""What happens when a workflow ends. Named in the settings; Wagtail reads this before there are models."""


def finish(workflow_state, user=None) -> None:
    from core.publishing.review import publish_reviewed
    from translation.models import Review, ReviewStatus
    from translation.review.decide import approve

    revision = workflow_state.current_task_state.revision
    review = Review.objects.filter(revision=revision, status=ReviewStatus.WAITING).first()
    if review:
        approve(review, user)
    else:
        publish_reviewed(workflow_state, user)
