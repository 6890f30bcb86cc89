"""Wagtail hooks of export and import: URLs, menu item, button and bulk actions."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from campaigns.models import CampaignPage, EditionPage
from core.internals.django import URLResolver
from core.typed import AdminRequest, BulkActionMixin, Translatable
from translation.access.queries import locales_for
from translation.exchange.export_view import ExportView
from translation.exchange.import_view import ReviewView, upload
from translation.exchange.selected_view import export_selected
from translation.localize.names import SUBMIT
from translation.models import LanguageAction


@hooks.register("register_admin_urls")
def exchange_urls() -> list[URLResolver]:
    urls = [
        path("export/", ExportView.as_view(), name="export"),
        path("export/selected/", export_selected, name="selected"),
        path("import/", upload, name="import"),
        path("import/<int:import_id>/", ReviewView.as_view(), name="review"),
    ]
    return [path("translation/exchange/", include((urls, "translation_exchange")))]


class FilesMenuItem(MenuItem):
    """Menu item for superusers and users who translate, review or submit translations, or have another language
    right."""

    def is_shown(self, request: AdminRequest) -> bool:
        user = request.user
        return (
            user.is_superuser
            or user.has_perm(SUBMIT)
            or any(locales_for(user, action) for action in LanguageAction.values)
        )


@hooks.register("register_admin_menu_item")
def files_menu_item() -> MenuItem:
    return FilesMenuItem(
        _("Translation files"),
        reverse("translation_exchange:export"),
        name="translation-files",
        icon_name="download",
        order=905,
    )


@hooks.register("register_page_header_buttons")
def export_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> list[Button]:
    """Hook: return the button that exports the page, and for a campaign or an edition all its members; none for
    the root. Rights are checked by the view."""
    if page.is_root():
        return []
    asked = {"page": page.pk}
    if issubclass(page.specific_class or Page, CampaignPage | EditionPage):
        asked["members"] = 1
    url = f"{reverse('translation_exchange:export')}?{urlencode(asked)}"
    return [Button(_("Export for translators"), url, icon_name="download", priority=80)]


class Export(BulkActionMixin):
    """Mixin of the bulk actions that redirect to the export view, which asks for languages and checks rights."""

    display_name = _("Export for translators")
    aria_label = _("Export selected items for translators")
    action_type = "export_for_translators"
    template_name = "admin/translation/exchange/export.html"
    action_priority = 80

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        objects, _refused = self.get_actionable_objects()
        asked = urlencode(self.asked(objects))
        return redirect(f"{reverse('translation_exchange:export')}?{asked}")

    def asked(self, objects: list[Translatable]) -> list[tuple[str, str]]:
        """Return the parameters that name the objects to the export view, as pairs of name and value."""
        return [("object", f"{each._meta.label_lower}:{each.pk}") for each in objects]


@hooks.register("register_bulk_action")
class ExportPages(Export, PageBulkAction):
    def check_perm(self, page: Page) -> bool:
        return True

    def asked(self, objects: list[Translatable]) -> list[tuple[str, str]]:
        return [("page", str(page.pk)) for page in objects]


@hooks.register("register_bulk_action")
class ExportSnippets(Export, SnippetBulkAction):
    def check_perm(self, snippet: Translatable) -> bool:
        return True
