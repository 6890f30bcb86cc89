"""What is scheduled can be edited: the change is a draft, and what was scheduled goes live as it was."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock, ScheduledForPublishLock
from wagtail.models import LockableMixin
from wagtail.utils.timestamps import render_timestamp

from core.typed import Translatable


class ScheduledNotice(ScheduledForPublishLock):
    """Tells what is scheduled, in the place of a lock, and locks nobody out."""

    def for_user(self, user: User) -> bool:
        return False

    def get_message(self, user: User) -> str:
        day = render_timestamp(self.object.scheduled_revision.approved_go_live_at)
        return _("Scheduled to go live at %(time)s. Changes are not part of that until it is scheduled again.") % {
            "time": day
        }

    def get_icon(self, user: User) -> str:
        return "clock"

    def get_locked_by(self, user: User) -> str:
        return _("Scheduled")

    def get_description(self, user: User) -> str:
        return self.get_message(user)


def lock_of(subject: Translatable, lock: BaseLock | None) -> BaseLock | None:
    """Return a notice in place of Wagtail's lock of what is scheduled, which would hide the other locks."""
    if not isinstance(lock, ScheduledForPublishLock):
        return lock
    if basic := LockableMixin.get_lock(subject):
        return basic
    task = subject.current_workflow_task
    return task.lock_class(subject, task) if task else ScheduledNotice(subject)
