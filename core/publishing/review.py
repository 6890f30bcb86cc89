"""Publishes what the last task of a workflow has approved."""

from core.publishing.publication import approval


def publish_reviewed(workflow_state, user=None) -> None:
    """Publish the newest revision with all that goes live together. Whoever may approve the last task may do so,
    where Wagtail asks for the right to publish each of these."""
    with approval():
        revision = workflow_state.content_object.get_latest_revision()
        revision.publish(user=user, skip_permission_checks=True)
