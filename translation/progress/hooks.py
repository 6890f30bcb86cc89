"""URL and menu item of the report."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.internals.django import URLResolver
from core.typed import AdminRequest
from translation.progress.views import ProgressView
from translation.sending.rules import may_submit


@hooks.register("register_admin_urls")
def progress_urls() -> list[URLResolver]:
    urls = [path("", ProgressView.as_view(), name="index")]
    return [path("translation/progress/", include((urls, "translation_progress")))]


class ProgressMenuItem(MenuItem):
    """Menu item for those who send objects for translation."""

    def is_shown(self, request: AdminRequest) -> bool:
        return may_submit(request.user)


@hooks.register("register_reports_menu_item")
def progress_menu_item() -> MenuItem:
    return ProgressMenuItem(
        _("Translation progress"),
        reverse("translation_progress:index"),
        name="translation-progress",
        icon_name="tasks",
        order=910,
    )
