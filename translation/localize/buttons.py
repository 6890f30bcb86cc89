"""The buttons of wagtail-localize in lists, which asks up to four queries for each row. The lists of this project
have read the answers with the rows (`core.admin.lists`)."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as localized  # Its texts are in the catalogue of wagtail-localize.
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail_localize import wagtail_hooks

from core.internals.django import quote
from core.internals.wagtail_admin import replace_hook
from core.typed import Translatable
from translation.localize.names import SUBMIT, SUBMIT_PAGE, SUBMIT_SNIPPET, UPDATE


def page_buttons(
    page: Page, user: User, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Yield the buttons of a page in a list."""
    if not hasattr(page, "lacks_language"):
        yield from wagtail_hooks.page_listing_more_buttons(page, user, view_name, next_url)
    elif not page.is_root() and user.has_perm(SUBMIT):
        if page.lacks_language:
            url = reverse(SUBMIT_PAGE, args=[page.alias_of_id or page.pk])
            icon = "wagtail-localize-language"
            yield Button(localized("Translate this page"), url, priority=60, icon_name=icon)
        if page.synced_source:
            url = _update_url(page.synced_source, next_url)
            yield Button(localized("Sync translated pages"), url, priority=60, icon_name="resubmit")


def snippet_buttons(snippet: Translatable, user: User, next_url: str | None = None) -> Iterator[Button]:
    """Yield the buttons of a snippet in a list."""
    if not hasattr(snippet, "lacks_language"):
        yield from wagtail_hooks.register_snippet_listing_buttons(snippet, user, next_url)
    elif user.has_perm(SUBMIT):
        named = {"title": str(snippet)}
        if snippet.lacks_language:
            url = reverse(
                SUBMIT_SNIPPET, args=[snippet._meta.app_label, snippet._meta.model_name, quote(snippet.pk)]
            )
            yield Button(
                localized("Translate"),
                url,
                attrs={"aria-label": localized("Translate '%(title)s'") % named},
                icon_name="wagtail-localize-language",
                priority=100,
            )
        if source := getattr(snippet, "synced_source", None):
            yield Button(
                localized("Sync translated snippets"),
                _update_url(source, next_url),
                attrs={"aria-label": localized("Sync translations of '%(title)s'") % named},
                icon_name="resubmit",
                priority=106,
            )


def _update_url(source_id: int, next_url: str | None) -> str:
    url = reverse(UPDATE, args=[source_id])
    return url if next_url is None else f"{url}?{urlencode({'next': next_url})}"


def install() -> None:
    """Put the buttons in the place of those of wagtail-localize."""
    replace_hook("register_page_listing_more_buttons", wagtail_hooks.page_listing_more_buttons, page_buttons)
    replace_hook(
        "register_snippet_listing_buttons", wagtail_hooks.register_snippet_listing_buttons, snippet_buttons
    )
