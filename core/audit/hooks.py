"""Wagtail hooks for the view of the audit log."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.audit.views import AuditLogView, reads_audit_log
from core.internals.django import URLResolver
from core.typed import AdminRequest


@hooks.register("register_admin_urls")
def audit_urls() -> list[URLResolver]:
    """Return the URLs of the audit log in the admin."""
    urls = [
        path("", AuditLogView.as_view(), name="index"),
        path("results/", AuditLogView.as_view(results_only=True), name="results"),
    ]
    return [path("audit-log/", include((urls, "audit_log")))]


class AuditMenuItem(MenuItem):
    """Menu item that only administrators see."""

    def is_shown(self, request: AdminRequest) -> bool:
        return reads_audit_log(request.user)


@hooks.register("register_reports_menu_item")
def audit_menu_item() -> MenuItem:
    """Return the item in the menu of reports."""
    return AuditMenuItem(
        _("Audit log"), reverse("audit_log:index"), name="audit-log", icon_name="history", order=920
    )
