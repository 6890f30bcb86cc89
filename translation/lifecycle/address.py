"""Change of a page's slug in all its languages at once. The slug is the same in all of them, so that no edit form
offers it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.log_actions import log
from wagtail.models import Page

from core.addresses.redirects import Change, changes_of_slug
from core.addresses.siblings import give_address, holders
from core.addresses.slugs import ascii_slug
from core.models import BasePage
from core.rights import may_publish
from core.typed import AdminRequest
from translation.lifecycle.actions import everywhere, require
from translation.lifecycle.page_actions import languages
from translation.lifecycle.siblings import Deed, specific
from translation.lifecycle.views import edit_url
from translation.named_view import NamedView


def may_be_renamed(page: Page) -> bool:
    """Return whether the page's slug can be changed here: not that of the root or of a home page, nor of a page
    whose model has no slug panel, such as an edition, whose slug is its year."""
    if not isinstance(page, BasePage) or page.depth <= 2:
        return False
    return any(getattr(panel, "field_name", "") == "slug" for panel in type(page).promote_panels)


def check(page: Page, slug: str) -> None:
    """Raise ValidationError if the slug is not valid, is not in lower-case Latin letters as `ascii_slug` makes
    them, is the page's own, or is that of another page below the same parent in any language."""
    validate_slug(slug)
    if slug != ascii_slug(slug):
        raise ValidationError(_("Type the last part of the page's address in Latin letters."))
    if slug == page.slug:
        raise ValidationError(_("The page already has this address."))
    rival = holders(slug, page.get_parent()).exclude(translation_key=page.translation_key).first()
    if rival:
        names = {"slug": slug, "title": rival.title, "language": rival.locale.get_display_name()}
        raise ValidationError(
            _("“%(slug)s” is the address of “%(title)s” in %(language)s. Choose another one.") % names
        )


@transaction.atomic
def rename(page: Page, slug: str, user: User) -> list[Page]:
    """Give the page and its versions in other languages the new slug, and return these pages. Raise
    ValidationError as `check` does, or if the user may not publish one of them or one is locked for the user."""
    check(page, slug)
    rows = everywhere(page)
    require(rows, Deed.TAKE_DOWN, user, below=False)
    give_address(slug, rows)
    for row in rows:
        log(instance=row, action="wagtail.edit", user=user, content_changed=True)
    return rows


class AddressView(NamedView, TemplateView):
    """View that changes the slug of a page. GET with a slug shows the redirects that the change would create; POST
    makes the change."""

    template_name = "admin/translation/address.html"
    header_icon = "globe"
    request: AdminRequest

    @cached_property
    def thing(self) -> Page:
        """The page of the URL in its specific type. Raise Http404 if it does not exist or cannot be renamed."""
        page = Page.objects.filter(pk=self.kwargs["pk"]).first()
        if page is None or not may_be_renamed(page.specific):
            raise Http404
        return page.specific

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_publish(self.request.user, self.thing):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Change the address")

    def get_page_subtitle(self) -> str:
        return str(self.thing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        slug = self.request.GET.get("slug", "").strip()
        against, changes = [], []
        if slug:
            try:
                check(self.thing, slug)
                changes = self.changes(slug)
            except ValidationError as error:
                against = error.messages
        back = edit_url(self.request.user, self.thing)
        return {
            **context,
            "slug": slug or self.thing.slug,
            "asked": bool(slug) and not against,
            "against": against,
            "changes": changes,
            "back": back,
        }

    def changes(self, slug: str) -> list[Change]:
        """Return the redirects that the new slug would create, in all languages."""
        rows: list[Page] = everywhere(self.thing)
        for row in rows:
            row.slug = slug
        return [change for row in rows for change in changes_of_slug(row)]

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        slug = request.POST.get("slug", "").strip()
        try:
            renamed = rename(self.thing, slug, request.user)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return redirect("translation_life:address", self.thing.pk)
        names = {"title": self.thing, "languages": languages(renamed)}
        messages.success(request, _("The address of “%(title)s” was changed in: %(languages)s.") % names)
        return redirect(edit_url(request.user, self.thing))


@hooks.register("address_screen")
def address_screen(page: Page, user: User) -> str:
    """Hook: return the URL of the view that changes the page's slug, or an empty string if the slug cannot be
    changed or the user may not publish the page."""
    page = specific(page)
    if not may_be_renamed(page) or not may_publish(user, page):
        return ""
    return reverse("translation_life:address", args=[page.pk])


@hooks.register("register_page_header_buttons")
def address_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Hook: yield the button that leads from a page's edit view to the view that changes its slug. Yield nothing
    in other views, or where `address_screen` is empty."""
    if view_name == "edit" and (url := address_screen(page, user)):
        yield Button(_("Change the address in all languages"), url, icon_name="redirect", priority=42)
