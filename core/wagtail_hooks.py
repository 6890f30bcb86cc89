"""This app's Wagtail hooks. Those of packages with a module `hooks` are imported here."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail import VERSION, hooks
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.accounts import hooks as account_hooks  # noqa: F401 - its hooks
from core.accounts.bulk import RecordedActiveStateBulkAction
from core.addresses.siblings import check_move
from core.admin import dashboard, menu  # noqa: F401 - their hooks
from core.audit import hooks as audit_hooks  # noqa: F401 - its hooks
from core.consent import hooks as consent_hooks  # noqa: F401 - its hooks
from core.copies import views as copies
from core.editing import versions
from core.editing.views import EditedPageViewSet, editing_urls, editor_tools
from core.health import hooks as health_hooks  # noqa: F401 - its hooks
from core.helplines.changes import ACTION as HELPLINE_CHANGE
from core.helplines.views import HelplineViewSet
from core.internals.django import URLPattern
from core.internals.wagtail_admin import page_models_from_string
from core.internals.wagtail_models import ActionRegistry, LogActionRegistry
from core.media import bulk as media_bulk
from core.media.file_views import file_urls
from core.publishing import replaced
from core.publishing.actions import GatedCopyAction, GatedDeleteAction, GatedPublishAction
from core.publishing.bulk import GatedPublishBulkAction
from core.publishing.schedule import ACTION, PublishBlockedFormatter, say_not_scheduled
from core.publishing.views import publishing_urls
from core.quotations import statements
from core.quotations.views import passages_view
from core.second_factor import hooks as second_factor_hooks  # noqa: F401 - its hooks
from core.trash.views import trash_urls

if VERSION < (8, 1):
    from core.publishing import admin_api  # noqa: F401 - its hooks


@hooks.register("construct_page_chooser_queryset")
def list_what_can_be_chosen(pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Return the pages of the wanted types, newest changes first, for the first screen of the page chooser;
    `pages` unchanged on other screens, for any type of page, and if there are none. As each language has its own
    home page, Wagtail would show the children of the root page. The chooser filters by language itself."""
    wanted, match = request.GET.get("page_type"), request.resolver_match
    if match is None or match.url_name != "wagtailadmin_choose_page" or not wanted:
        return pages
    models = page_models_from_string(wanted)
    if models == (Page,):
        return pages
    found = Page.objects.type(*models).order_by("-latest_revision_created_at", "-pk")
    return found.specific().select_related("locale") if found.exists() else pages


@hooks.register("construct_page_chooser_queryset", order=100)
def read_states_together(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Return the pages with what the chooser's column for their state asks for."""
    return pages.prefetch_workflow_states().annotate_approved_schedule()


@hooks.register("before_move_page")
def refuse_move_before_asking(request: HttpRequest, page: Page, destination: Page) -> None:
    """Raise MoveRefused before the user is asked to confirm a move that is not possible."""
    check_move(page, page.get_parent(), destination)


@hooks.register("register_actions")
def gate_actions(registry: ActionRegistry) -> None:
    """Replace Wagtail's actions to publish, copy and delete pages by those that run the publishing checks."""
    registry.register(Page, GatedPublishAction)
    registry.register(Page, GatedCopyAction)
    registry.register(Page, GatedDeleteAction)


for kind in ("page", "snippet"):
    for act in ("create", "edit"):
        hooks.register(f"after_{act}_{kind}", say_not_scheduled)
hooks.register("register_admin_urls", publishing_urls)
hooks.register("register_admin_urls", editing_urls)
hooks.register("insert_editor_js", editor_tools)
hooks.register("register_log_actions", versions.register_log_actions)
hooks.register("register_admin_urls", file_urls, order=-1)
hooks.register("register_admin_urls", trash_urls)

# Registered after Wagtail's actions of the same names, to replace them.
for bulk_action in (GatedPublishBulkAction, RecordedActiveStateBulkAction, *media_bulk.ACTIONS):
    hooks.register("register_bulk_action", bulk_action, order=100)


@hooks.register("register_admin_viewset")
def edited_pages() -> EditedPageViewSet:
    return EditedPageViewSet()


@hooks.register("register_admin_viewset")
def helplines() -> HelplineViewSet:
    return HelplineViewSet()


@hooks.register("register_log_actions")
def name_changed_helpline(registry: LogActionRegistry) -> None:
    registry.register_action(HELPLINE_CHANGE, gettext_lazy("Change helpline"), gettext_lazy("Helpline changed"))


@hooks.register("register_log_actions")
def name_blocked_publication(registry: LogActionRegistry) -> None:
    """Register the log actions of blocked publications, replaced files, statements on passages, and copies."""
    registry.register_action(ACTION)(PublishBlockedFormatter)
    registry.register_action(replaced.CONFIRMED_ACTION)(replaced.ReplacedFileFormatter)
    registry.register_action(statements.STATED)(statements.StatementFormatter)
    registry.register_action(statements.TAKEN_BACK)(statements.TakenBackFormatter)
    registry.register_action(
        copies.ACTION,
        gettext_lazy("Confirm copied content"),
        gettext_lazy("Copied content confirmed"),
    )


@hooks.register("register_admin_urls")
def copies_url() -> list[URLPattern]:
    return [path("copies/<int:pk>/", copies.confirm_copied, name="copied_parts")]


@hooks.register("register_admin_urls")
def passages_url() -> list[URLPattern]:
    return [path("quoted-passages/<int:content_type>/<int:pk>/", passages_view, name="quoted_passages")]
