"""Publishing after the last approval of a workflow."""

from django.contrib.auth.models import User
from wagtail.models import WorkflowState

from core.publishing.publication import approval


def publish_reviewed(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publish the latest revision of the workflow's object, with the drafts that go live together. The user needs
    no publish permission, because approving the last task implies it. Raise PublishBlocked if there are
    obstacles."""
    with approval():
        revision = workflow_state.content_object.get_latest_revision()
        revision.publish(user=user, skip_permission_checks=True)
