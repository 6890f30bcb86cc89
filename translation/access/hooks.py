"""What wagtail-localize's hooks do inside the editor's own address, and the guard therefore cannot see."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Locale

from core.typed import AdminRequest, Translatable
from translation.access.permissions import held_up, may_change, may_steer
from translation.access.translators import rule_for
from translation.review.publish import against_following

MENUS = ("main", "reports", "settings", "help")
RESTART, TO_ALIAS = "localize-restart-translation", "localize-convert-to-alias"


@hooks.register("before_edit_page", order=-100)
def ask_before_editing(request: AdminRequest, target: Translatable) -> HttpResponse | None:
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
    if not may_steer(request.user, target):
        raise PermissionDenied
    if against := held_up(request.user, target) or against_following(target):
        messages.error(request, against)
        return redirect(request.path)
    return None


def is_read_only(request: AdminRequest, target: Translatable) -> bool:
    """A reviewer of a language reads. What is in the site's own language is reviewed as Wagtail does it: there the
    reviewer may mend what is submitted."""
    locale_id = getattr(target, "locale_id", None)
    if locale_id is None or locale_id == Locale.get_default().pk:
        return False
    return not may_change(request.user, target)


def offer_what_opens(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    if getattr(request, "only_locales", None) is not None:
        menu_items[:] = [item for item in menu_items if opens(item.url)]


for menu in MENUS:
    hooks.register(f"construct_{menu}_menu", offer_what_opens, order=100)


def opens(url: str) -> bool:
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        # The head of a menu within the menu.
        return True
    return rule_for(match.view_name) is not None
