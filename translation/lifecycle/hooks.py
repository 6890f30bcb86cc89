"""Wagtail hooks: URLs, buttons, menu items and bulk actions that unpublish, move, delete and restore."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import VERSION, hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.action_menu import ActionMenuItem

from core.internals.django import URLResolver
from core.models import BasePage, TranslatableSnippet
from core.rights import may_publish
from core.typed import AdminRequest, Translatable
from translation.lifecycle import bulk, copying  # noqa: F401
from translation.lifecycle import page_actions as doors  # noqa: F401
from translation.lifecycle.address import AddressView
from translation.lifecycle.schedule import has_to_be_asked
from translation.lifecycle.siblings import specific
from translation.lifecycle.trash_views import DeletedList, RestoreView, kinds_published_by
from translation.lifecycle.views import TakeDownView, TogetherView, view_args

if VERSION < (8, 1):
    from translation.access import admin_api as visible_api  # noqa: F401 - its hooks
    from translation.lifecycle import admin_api  # noqa: F401 - its hooks

for action in (bulk.UnpublishPages, bulk.DeletePages, bulk.MovePages, bulk.DeleteSnippets, bulk.UnpublishSnippets):
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_admin_urls")
def life_urls() -> list[URLResolver]:
    thing = "<slug:app_label>/<slug:model_name>/<int:pk>/"
    urls = [
        path("deleted/", DeletedList.as_view(), name="deleted"),
        path("deleted/<int:deleted_id>/", RestoreView.as_view(), name="restore"),
        path(f"take-down/{thing}", TakeDownView.as_view(), name="take_down"),
        path("address/<int:pk>/", AddressView.as_view(), name="address"),
        path(f"together/{thing}", TogetherView.as_view(), name="together"),
    ]
    return [path("translation/life/", include((urls, "translation_life")))]


class DeletedMenuItem(MenuItem):
    """Menu item of the trash, for users who may publish something."""

    def is_shown(self, request: AdminRequest) -> bool:
        return bool(kinds_published_by(request.user))


@hooks.register("register_reports_menu_item")
def deleted_menu_item() -> MenuItem:
    url = reverse("translation_life:deleted")
    return DeletedMenuItem(_("Recently deleted"), url, name="recently-deleted", icon_name="bin", order=900)


def take_down_button(instance: Translatable, user: User, next_url: str | None) -> Iterator[Button]:
    """Yield the button that unpublishes the object in all languages, if it is live and the user may publish it. It
    makes no query of its own, because lists show it for each row."""
    if not isinstance(instance, BasePage | TranslatableSnippet) or not instance.live:
        return
    if may_publish(user, instance):
        url = reverse("translation_life:take_down", args=view_args(instance))
        url = f"{url}?next={next_url}" if next_url else url
        yield Button(_("Unpublish in all languages"), url, icon_name="globe", priority=41)


@hooks.register("register_page_listing_more_buttons")
def page_listing_button(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    return take_down_button(page, user, next_url)


@hooks.register("register_page_header_buttons")
def page_header_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    return take_down_button(specific(page), user, next_url)


@hooks.register("register_snippet_listing_buttons")
def snippet_listing_button(snippet: Translatable, user: User, next_url: str | None = None) -> Iterator[Button]:
    return take_down_button(snippet, user, next_url)


class TakeDownMenuItem(ActionMenuItem):
    """Item of a snippet's action menu that unpublishes it in all languages. The edit view of snippets has no
    header menu, where pages have this button."""

    name = "action-take-down"
    label = _("Unpublish in all languages")
    icon_name = "globe"

    def is_shown(self, context: dict[str, Any]) -> bool:
        instance = context.get("instance")
        if context["view"] != "edit" or not isinstance(instance, TranslatableSnippet) or not instance.live:
            return False
        return may_publish(context["request"].user, instance)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("translation_life:take_down", args=view_args(parent_context["instance"]))


@hooks.register("register_snippet_action_menu_item")
def snippet_menu_item(model: type[Translatable]) -> ActionMenuItem:
    return TakeDownMenuItem(order=45)


@hooks.register("after_publish_page", order=200)
def ask_of_days(request: AdminRequest, instance: Translatable) -> HttpResponse | None:
    """Hook: redirect, after an object was published with a schedule, to the view that asks whether the other
    languages follow it; None if there is nothing to ask. Registered last, because a response ends the hooks."""
    instance = specific(instance)
    if "action-publish" not in request.POST or not isinstance(instance, BasePage | TranslatableSnippet):
        return None
    if not may_publish(request.user, instance) or not has_to_be_asked(instance):
        return None
    return redirect("translation_life:together", *view_args(instance))


hooks.register("after_edit_snippet", ask_of_days, order=200)
