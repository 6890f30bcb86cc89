"""Wagtail hooks for the status screen: URL, menu item and dashboard panel."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from core.health.status import StatusPanel, StatusView, is_administrator
from core.internals.django import URLPattern
from core.typed import AdminRequest


class StatusMenuItem(MenuItem):
    """The menu item *Site status*, shown to administrators."""

    def is_shown(self, request: AdminRequest) -> bool:
        return is_administrator(request.user)


@hooks.register("register_admin_urls")
def status_url() -> list[URLPattern]:
    return [path("site-status/", StatusView.as_view(), name="site_status")]


@hooks.register("register_reports_menu_item")
def status_menu_item() -> MenuItem:
    return StatusMenuItem(
        StatusView.page_title, reverse("site_status"), name="site-status", icon_name="cog", order=930
    )


@hooks.register("construct_homepage_panels")
def show_status(request: AdminRequest, panels: list[Component]) -> None:
    """Add the status panel to the dashboard of administrators."""
    if is_administrator(request.user):
        panels.append(StatusPanel())
