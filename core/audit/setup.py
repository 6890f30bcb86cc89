"""Connection of the audit log with the signals and models that it records."""

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_save
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageViewRestriction,
)

from core import periodic
from core.audit import actions, row_changes
from core.audit.models import AuditEntry
from core.audit.record import record, record_logged
from core.consent import ConsentMixin
from core.helplines.models import Helpline
from core.http.client import client_address, shortened
from core.internals.wagtail_models import (
    APIToken,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupSitePermission,
)
from core.media.models import SiteImage
from core.publishing.gate import gated_snippets

ACCOUNT = ("username", "email", "password", "is_active", "is_superuser", "is_staff")
CONSENT = ("consent_reference", "consent_scope", "consent_until")
RIGHTS = (
    APIToken,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    PageViewRestriction,
)


def connect() -> None:
    """Connect the receivers, and register the models whose rows are recorded."""
    user_logged_in.connect(record_log_in, dispatch_uid="audit_log_in")
    user_login_failed.connect(record_failed_log_in, dispatch_uid="audit_failed_log_in")
    for log in (PageLogEntry, ModelLogEntry):
        post_save.connect(record_logged, sender=log, dispatch_uid=f"audit_{log._meta.label}")
    user_model = get_user_model()
    row_changes.follow_changes(user_model, ACCOUNT, actions.ACCOUNT_CHANGED, created=actions.ACCOUNT_CREATED)
    row_changes.follow_changes(Group, ("name",), actions.GROUP_RENAMED, created=actions.GROUP_CREATED)
    for relation in (user_model.groups, user_model.user_permissions, Group.permissions, GroupApprovalTask.groups):
        row_changes.follow_relation(relation.field)
    for model in RIGHTS:
        row_changes.follow_rights(model)
    for model in (each for each in apps.get_models() if issubclass(each, ConsentMixin)):
        row_changes.follow_changes(model, CONSENT, actions.CONSENT_CHANGED, created=actions.CONSENT_CHANGED)
    for model in (Page, SiteImage, get_document_model(), Helpline, user_model, Group, *gated_snippets()):
        row_changes.follow_deletions(model)
    periodic.register(AuditEntry.objects.delete_old)


def record_log_in(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Receiver: record a log-in, with the network it came from."""
    record(actions.LOGGED_IN, user, user, network=_network(request))


def record_failed_log_in(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Receiver: record a failed log-in, with the network it came from. The name is recorded only if a user has it:
    it may be a mistyped password."""
    user_model = get_user_model()
    name = str(credentials.get(user_model.USERNAME_FIELD, ""))
    users = user_model._default_manager.none() if "\0" in name else user_model._default_manager.all()
    known = users.filter(**{user_model.USERNAME_FIELD: name}).first()
    record(actions.LOG_IN_FAILED, known, network=_network(request))


def _network(request: HttpRequest | None) -> str:
    return shortened(client_address(request)) if request else ""
