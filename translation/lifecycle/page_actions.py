"""Hooks of Wagtail's views that unpublish, move and delete. Their forms ask what happens in the other languages;
the hooks do what was chosen, for a deletion in one transaction with the view."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from core.internals.wagtail_admin import get_valid_next_url_from_request, type_to_delete_confirmation
from core.models import TranslatableSnippet
from core.publishing import closing
from core.typed import AdminRequest, Translatable
from translation.lifecycle.actions import delete, everywhere, move, require, take_down
from translation.lifecycle.questions import ALL, NOT_ANSWERED, ONLY_THIS, answer, is_asked
from translation.lifecycle.questions import TAKE_DOWN as TAKE_OTHERS_DOWN
from translation.lifecycle.siblings import Deed, rows_of, specific

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_OTHERS = "others_of_deleted"
"""Attribute of a request that deletes a page: what was chosen for the other languages, and their rows."""


def again(request: HttpRequest, error: "ValidationError | StrOrPromise") -> HttpResponse:
    """Add the error's messages, or the given text, as error messages, and redirect to the URL of the request."""
    for message in getattr(error, "messages", [error]):
        messages.error(request, message)
    return redirect(request.get_full_path())


def languages(rows: list[Translatable]) -> str:
    """Return the names of the rows' languages, separated by commas."""
    return ", ".join(row.locale.get_display_name() for row in rows)


def list_url(instance: Page | TranslatableSnippet) -> str:
    """Return the URL of the admin list that shows the object: the explorer at a page's parent, or the snippet's
    list."""
    if isinstance(instance, Page):
        return reverse("wagtailadmin_explore", args=[instance.get_parent().pk])
    return reverse(instance.snippet_viewset.get_url_name("list"))


def tell_taken_down(request: HttpRequest, instance: Translatable, taken: list[Translatable]) -> None:
    """Add a message with the languages in which the object was unpublished: those of `taken`, or a dash if there
    are none."""
    names = {"title": instance, "languages": languages(taken) or "–"}
    messages.success(request, _("“%(title)s” was unpublished in: %(languages)s.") % names)


@hooks.register("before_unpublish_page")
@hooks.register("before_unpublish")
def take_down_elsewhere(request: AdminRequest, instance: Translatable) -> HttpResponse | None:
    """Hook: unpublish in place of Wagtail's view if all languages were chosen, or if many pages beneath are
    unpublished too. Return None if Wagtail's view should act; redirect with an error if the choice is missing or
    not allowed."""
    below = bool(request.POST.get("include_descendants")) and isinstance(instance, Page)
    chosen = answer(request, Deed.TAKE_DOWN) if is_asked(instance, Deed.TAKE_DOWN) else ONLY_THIS
    if chosen is None:
        return again(request, NOT_ANSWERED)
    # Wagtail's view would unpublish the pages beneath one by one within the request.
    if chosen == ONLY_THIS and not (below and closing.has_many_below(instance)):
        return None
    rows = [specific(instance)] if chosen == ONLY_THIS else everywhere(instance)
    try:
        taken = take_down(rows, request.user, below=below)
    except ValidationError as error:
        return again(request, error)
    tell_taken_down(request, instance, taken)
    return redirect(get_valid_next_url_from_request(request) or list_url(instance))


@hooks.register("before_delete_page")
def ask_before_deleting(request: AdminRequest, page: Page) -> HttpResponse | None:
    """Hook: on POST, check the choice for the other languages and the rights before Wagtail's view deletes the
    page, in its transaction; redirect with errors if one is missing. Delete a page with many pages beneath it
    here, by recorded work, because the view would do so within the request."""
    large, asked = closing.is_large(page), is_asked(page, Deed.DELETE)
    if request.method != "POST" or not (large or asked):
        return None
    chosen = answer(request, Deed.DELETE) if asked else ONLY_THIS
    if chosen is None:
        return again(request, NOT_ANSWERED)
    if large and not type_to_delete_confirmation(request):
        return redirect(request.get_full_path())
    try:
        require_deletion(page, chosen, request)
        rows = rows_of(page)
        if large:
            return delete_branch(request, page, chosen, rows)
    except ValidationError as error:
        transaction.set_rollback(True)
        return again(request, error)
    setattr(request, _OTHERS, (chosen, rows))
    return None


def delete_branch(request: AdminRequest, page: Page, chosen: str, rows: list[Translatable]) -> HttpResponse:
    """Delete the page and all pages beneath it by recorded work, and do what was chosen to its other languages,
    `rows`. Return a redirect. Raise ValidationError if the user may not."""
    names = {"title": page.get_admin_display_title(), "count": page.get_descendant_count()}
    delete([page], request.user)
    message = _("“%(title)s” is no longer public. It and its %(count)d subpages are being deleted.")
    messages.success(request, message % names)
    carry_out(chosen, rows, request)
    return redirect(get_valid_next_url_from_request(request) or list_url(page))


@hooks.register("after_delete_page")
def deal_with_others(request: AdminRequest, page: Page) -> HttpResponse | None:
    """Hook: do what was chosen to the other languages of a deleted page, in the transaction of Wagtail's view. If
    that fails, roll all back and redirect with the errors."""
    chosen, rows = getattr(request, _OTHERS, (ONLY_THIS, []))
    try:
        carry_out(chosen, rows, request)
    except ValidationError as error:
        transaction.set_rollback(True)
        return again(request, error)
    return None


@hooks.register("before_delete_snippet")
def delete_elsewhere(request: AdminRequest, instances: list[Translatable]) -> HttpResponse | None:
    """Hook: on POST, delete a source snippet that has translations, in place of Wagtail's view, and do what was
    chosen to these. Return None for other snippets, and in bulk actions, where `translation.lifecycle.bulk`
    asks."""
    match = request.resolver_match
    assert match is not None  # The hook runs in a view.
    by_itself = match.url_name != "wagtail_bulk_action"
    if request.method != "POST" or not by_itself or not is_asked(instances[0], Deed.DELETE):
        return None
    instance, chosen = instances[0], answer(request, Deed.DELETE)
    if chosen is None:
        return again(request, NOT_ANSWERED)
    name, back = str(instance), list_url(instance)
    try:
        with transaction.atomic():
            rows = rows_of(instance)
            delete([instance], request.user)
            carry_out(chosen, rows, request)
    except ValidationError as error:
        return again(request, error)
    messages.success(request, _("“%(title)s” was deleted.") % {"title": name})
    return redirect(get_valid_next_url_from_request(request) or back)


def require_deletion(page: Page, chosen: str, request: AdminRequest) -> None:
    """Raise ValidationError if the user may not delete the page, or may not delete or unpublish its other
    languages where `chosen` says so."""
    require([page], Deed.DELETE, request.user)
    if chosen != ONLY_THIS:
        require(rows_of(page), Deed.DELETE if chosen == ALL else Deed.TAKE_DOWN, request.user)


def carry_out(chosen: str, rows: list[Translatable], request: AdminRequest) -> None:
    """Delete, unpublish (with the pages beneath) or leave the other languages of a deleted object, as chosen, and
    add a message. Raise ValidationError if the user may not."""
    if chosen == ALL:
        names = languages(rows)
        delete(rows, request.user)
        messages.success(request, _("Also deleted in: %(languages)s.") % {"languages": names})
    elif chosen == TAKE_OTHERS_DOWN:
        taken = take_down(rows, request.user, below=True)
        messages.success(request, _("Unpublished in: %(languages)s.") % {"languages": languages(taken) or "–"})


@hooks.register("before_move_page")
def move_elsewhere(request: AdminRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Hook: on POST, move the page in all languages in place of Wagtail's view, if that was chosen. Redirect back
    with an error if the choice is missing, not allowed, or the destination is in another language; else return
    None."""
    if request.method != "POST" or not page.permissions_for_user(request.user).can_move():
        return None
    if destination.depth > 1 and destination.locale_id != page.locale_id:
        return again(request, _("Pages cannot be moved to another language."))
    if not is_asked(page, Deed.MOVE):
        return None
    chosen = answer(request, Deed.MOVE)
    if chosen is None:
        return again(request, NOT_ANSWERED)
    if chosen == ONLY_THIS:
        return None
    try:
        moved = move(everywhere(page), request.user, destination)
    except ValidationError as error:
        return again(request, error)
    names = {"title": page, "languages": languages(moved) or "–"}
    messages.success(request, _("“%(title)s” was moved in: %(languages)s.") % names)
    return redirect("wagtailadmin_explore", destination.pk)
