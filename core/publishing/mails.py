"""Wagtail's mails about workflows, in which snippets such as quotes and people are called by their primary key:
mails are copied, forwarded and kept, so withdrawn names and words could not be removed from them."""

from copy import copy
from typing import TYPE_CHECKING, Any

from wagtail.admin import mail
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from core.findings import numbered
from core.typed import Translatable

if TYPE_CHECKING:
    from wagtail.admin.mail import EmailNotificationMixin as _Notifier
else:
    _Notifier = object


class Numbered(_Notifier):
    """A mixin that calls snippets by their primary key, and is silent about tasks that tell people by themselves.
    List it before a notifier class of Wagtail."""

    def can_handle(self, instance: WorkflowState | TaskState, **kwargs: Any) -> bool:
        """Return False for a task that tells people by itself: each of them should get one mail for one event."""
        if not super().can_handle(instance, **kwargs):
            return False
        state = instance if isinstance(instance, TaskState) else instance.current_task_state
        return not (state and getattr(state.task.specific, "tells_by_itself", False))

    def get_context(self, instance: Translatable, **kwargs: Any) -> dict[str, Any]:
        """Return Wagtail's context. A snippet in it (as "object") is replaced by a copy with an unsaved
        `latest_revision`, whose `object_str` Wagtail's templates show: model name and primary key. Pages stay as
        they are."""
        context = super().get_context(instance, **kwargs)
        if "page" not in context:
            context["object"] = _without_words(context["object"])
        return context


def _without_words(subject: Translatable) -> Translatable:
    """Return a copy that Wagtail's templates call by its primary key: they use the name that is stored with the
    latest revision."""
    nameless = copy(subject)
    nameless.latest_revision = Revision(object_str=numbered(subject))
    return nameless


class TaskSubmitted(Numbered, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    """The mail that a task awaits approval."""


class WorkflowSubmitted(Numbered, mail.WorkflowStateSubmissionEmailNotifier):
    """The mail that a workflow was started."""


class WorkflowRejected(Numbered, mail.WorkflowStateRejectionEmailNotifier):
    """The mail that a workflow was rejected."""


class WorkflowApproved(Numbered, mail.WorkflowStateApprovalEmailNotifier):
    """The mail that a workflow was approved."""


# The last item of each row is the `dispatch_uid` of Wagtail's own receiver.
_NOTIFIERS = (
    (task_submitted, TaskState, TaskSubmitted(), "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, WorkflowSubmitted(), "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, WorkflowRejected(), "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, WorkflowApproved(), "workflow_state_approved_email_notification"),
)


def connect() -> None:
    """Connect the notifiers above in place of Wagtail's. The order of apps does not matter, because Django does
    not connect a second receiver with the same `dispatch_uid`."""
    for signal, sender, notifier, identifier in _NOTIFIERS:
        signal.disconnect(sender=sender, dispatch_uid=identifier)
        signal.connect(notifier, sender=sender, dispatch_uid=identifier)
