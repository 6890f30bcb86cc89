"""Wagtail's mails about workflows, in which quotes, people and other snippets are called by their number: mails
are copied, forwarded and kept, and no withdrawal reaches them."""

from copy import copy
from typing import Any

from wagtail.admin import mail
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from core.publishing.findings import numbered
from core.typed import Translatable


class Numbered:
    """Before a notifier of Wagtail's."""

    def get_context(self, instance: Translatable, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(instance, **kwargs)
        if "page" not in context:
            context["object"] = _without_words(context["object"])
        return context


def _without_words(subject: Translatable) -> Translatable:
    """Return a copy that Wagtail's templates call by its number: they name a draft as its newest version does."""
    nameless = copy(subject)
    nameless.latest_revision = Revision(object_str=numbered(subject))
    return nameless


class TaskSubmitted(Numbered, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    pass


class WorkflowSubmitted(Numbered, mail.WorkflowStateSubmissionEmailNotifier):
    pass


class WorkflowRejected(Numbered, mail.WorkflowStateRejectionEmailNotifier):
    pass


class WorkflowApproved(Numbered, mail.WorkflowStateApprovalEmailNotifier):
    pass


# By the identifiers under which Wagtail connects its own.
_NOTIFIERS = (
    (task_submitted, TaskState, TaskSubmitted(), "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, WorkflowSubmitted(), "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, WorkflowRejected(), "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, WorkflowApproved(), "workflow_state_approved_email_notification"),
)


def connect() -> None:
    """Take the place of Wagtail's, whichever app is ready first: a second receiver of the same identifier is not
    connected."""
    for signal, sender, notifier, identifier in _NOTIFIERS:
        signal.disconnect(sender=sender, dispatch_uid=identifier)
        signal.connect(notifier, sender=sender, dispatch_uid=identifier)
