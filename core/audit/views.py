"""Report view of the audit log in the admin."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from core.audit.actions import ACTIONS, ORDINARY
from core.audit.models import AuditEntry
from core.internals.wagtail_admin import DateRangePickerWidget
from core.internals.wagtail_models import log_registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def reads_audit_log(user: User | AnonymousUser) -> bool:
    """Return whether the user may read the audit log: only active superusers may."""
    return user.is_active and user.is_superuser


def _actions() -> list[tuple[str, "StrOrPromise"]]:
    """Return name and label of all actions that the audit log may hold, sorted by label, without Wagtail's own."""
    logged = [(name, label) for name, label in log_registry.get_choices() if not name.startswith(ORDINARY)]
    return sorted([*ACTIONS.items(), *logged], key=lambda each: str(each[1]))


class AuditFilterSet(WagtailFilterSet):
    """Filters by time, action, user and subject."""

    at = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    action = django_filters.ChoiceFilter(label=_("Action"), choices=_actions)
    user_name = django_filters.CharFilter(label=_("User"))
    subject_name = django_filters.CharFilter(label=_("Object"))

    class Meta:
        model = AuditEntry
        fields: list[str] = []


class AuditLogView(ReportView):
    """Report of the audit log, newest first, for administrators."""

    model = AuditEntry
    queryset = AuditEntry.objects.all()
    filterset_class = AuditFilterSet
    page_title = _("Audit log")
    header_icon = "history"
    index_url_name = "audit_log:index"
    index_results_url_name = "audit_log:results"
    default_ordering = "-at"
    is_searchable = False
    columns = [
        DateColumn("at", label=_("Date"), width="15%"),
        Column("action_label", label=_("Action"), width="20%"),
        Column("user_name", label=_("User"), width="15%"),
        Column("subject", label=_("Object")),
        Column("details_text", label=_("Details")),
        Column("network", label=_("Network"), width="12%"),
    ]
    list_export = [
        *("at", "action", "user_id", "user_name", "subject_kind", "subject_id", "subject_name"),
        *("network", "details_text"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raise PermissionDenied unless the user may read the audit log."""
        if not reads_audit_log(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return "audit-log"
