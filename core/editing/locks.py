"""The lock of scheduled objects, replaced by a notice: they can be edited, the change is a draft, and the
scheduled version goes live unchanged."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.models import LockableMixin, WorkflowMixin

from core.internals.wagtail_models import BaseLock, ScheduledForPublishLock, render_timestamp


class ScheduledNotice(ScheduledForPublishLock):
    """A notice in place of a lock, which says when the object goes live and locks nobody out."""

    def for_user(self, user: User) -> bool:
        return False

    def get_message(self, user: User) -> str:
        day = render_timestamp(self.object.scheduled_revision.approved_go_live_at)
        return _("Scheduled to go live at %(time)s. Schedule it again to include later changes.") % {"time": day}

    def get_icon(self, user: User) -> str:
        return "clock"

    def get_locked_by(self, user: User) -> str:
        return _("Scheduled")

    def get_description(self, user: User) -> str:
        return self.get_message(user)


def lock_of(subject: WorkflowMixin, lock: BaseLock | None) -> BaseLock | None:
    """Return the lock of an object, given Wagtail's answer `lock`. In place of the lock of a scheduled object,
    which would hide other locks, return the lock that a user has set, else that of the current workflow task, else
    the notice."""
    if not isinstance(lock, ScheduledForPublishLock):
        return lock
    if basic := LockableMixin.get_lock(subject):
        return basic
    task = subject.current_workflow_task
    return task.lock_class(subject, task) if task else ScheduledNotice(subject)
