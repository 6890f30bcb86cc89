"""Functions that add entries to the audit log."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import Model
from wagtail.models import BaseLogEntry, Page

from core.audit.actions import ORDINARY
from core.audit.models import LONGEST_NAME, AuditEntry
from core.internals.wagtail_models import get_active_log_context

_NAMED = (User, Group)


def record(
    action: str,
    subject: Model | None = None,
    user: User | None = None,
    network: str = "",
    details: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Add an entry to the audit log and return it.

    `subject` is the object concerned; its name is stored only if it is a user or group. `user` defaults to the
    user of the current admin request; commands have none. `network` is a shortened IP address. `details` are
    stored as JSON; they must hold no content of the site and no names of people other than users.
    """
    entry = _entry(action, user or get_active_log_context().user)
    entry.network, entry.details = network, details or {}
    if subject is not None:
        kind = (isinstance(subject, Page) and subject.specific_class) or type(subject)
        entry.subject_kind, entry.subject_id = kind._meta.label_lower, str(subject.pk)
        if isinstance(subject, _NAMED):
            entry.subject_name = str(subject)[:LONGEST_NAME]
    entry.save()
    return entry


def record_logged(instance: BaseLogEntry, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: copy a new entry of Wagtail's log to the audit log if its action is not one of Wagtail's own. The
    data of the entry is left out, as it may quote content."""
    if raw or not created or instance.action.startswith(ORDINARY):
        return
    entry = _entry(instance.action, instance.user)
    kind = instance.content_type and instance.content_type.model_class()
    entry.subject_kind = kind._meta.label_lower if kind else ""
    entry.subject_id = str(instance.object_id)
    if kind and issubclass(kind, _NAMED):
        entry.subject_name = instance.label[:LONGEST_NAME]
    entry.save()


def _entry(action: str, user: User | None) -> AuditEntry:
    if user is None or not user.pk:
        return AuditEntry(action=action)
    return AuditEntry(action=action, user_id=str(user.pk), user_name=user.get_username())
