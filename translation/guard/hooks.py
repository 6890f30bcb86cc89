"""Wagtail hooks: checks of what wagtail-localize does at the URLs of Wagtail's edit views, where the guard has no
rules, and menus without items that the user may not open."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from core.admin.dashboard import FirstRows, LockedPages
from core.languages.site_languages import LocaleCodes
from core.typed import AdminRequest, Translatable
from translation.access.permissions import held_up, may_change, may_steer
from translation.guard.translators import rule_for
from translation.localize.names import RESTART, TO_ALIAS
from translation.review.publish import against_following

MENUS = ("main", "reports", "settings", "help")


@hooks.register("before_edit_page", order=-100)
def ask_before_editing(request: AdminRequest, target: Translatable) -> HttpResponse | None:
    """Hook: raise PermissionDenied if a form sent to the edit view converts the object to an alias, or changes an
    object that the user may only read, except for a workflow action. Check a restart as `ask_before_restart`
    does."""
    if request.method != "POST":
        return None
    if TO_ALIAS in request.POST:
        raise PermissionDenied
    if RESTART in request.POST:
        return ask_before_restart(request, target)
    if "action-workflow-action" not in request.POST and is_read_only(request, target):
        raise PermissionDenied
    return None


hooks.register("before_edit_snippet", ask_before_editing, order=-100)


def ask_before_restart(request: AdminRequest, target: Translatable) -> HttpResponse | None:
    """Raise PermissionDenied unless the user may restart the stopped translation. Redirect with a message if the
    object is locked for the user, in a workflow, or cannot follow its source again; else return None."""
    if not may_steer(request.user, target):
        raise PermissionDenied
    if against := held_up(request.user, target) or against_following(target):
        messages.error(request, against)
        return redirect(request.path)
    return None


def is_read_only(request: AdminRequest, target: Translatable) -> bool:
    """Return whether the user may open the object but not save it, as reviewers of its language. Objects in the
    site's default language, or without a language, are never read-only here: Wagtail's workflow lets reviewers
    edit them."""
    locale_id = getattr(target, "locale_id", None)
    if locale_id is None or LocaleCodes.code(locale_id) == settings.LANGUAGE_CODE:
        return False
    return not may_change(request.user, target)


def offer_what_opens(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Hook: remove, for a user who only translates, the menu items that such a user may not open."""
    if getattr(request, "only_locales", None) is not None:
        menu_items[:] = [item for item in menu_items if opens(item.url)]


for menu in MENUS:
    hooks.register(f"construct_{menu}_menu", offer_what_opens, order=100)


@hooks.register("construct_homepage_panels", order=100)
def lead_where_it_opens(request: HttpRequest, panels: list[Component]) -> None:
    """Hook: lead a user who only translates from the first rows of what is in a workflow to the board. Wagtail's
    reports do not open."""
    if getattr(request, "only_locales", None) is not None:
        for panel in panels:
            if isinstance(panel, LockedPages):
                panel.rest = ""
            elif isinstance(panel, FirstRows):
                panel.rest, panel.label = "translation_board:index", _("Go to the board")


def opens(url: str) -> bool:
    """Return whether a user who only translates may open `url`. True if `url` leads to no view, as the heading of
    a submenu."""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        # The heading of a submenu has no URL of its own.
        return True
    return rule_for(match.view_name) is not None
