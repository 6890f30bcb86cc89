"""Tags that show the effects of changed addresses in the admin."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.contrib.auth.models import User
from wagtail.models import Page

from core.addresses.redirects import Change, address_screen, changes_of_move, changes_of_slug
from core.typed import Translatable

register = template.Library()


@register.simple_tag
def redirects_of_move(page: Page, destination: Page, others: Iterable[Any] = ()) -> list[Change]:
    """Return the addresses that change if a page moves below `destination`; nothing is moved. `others`: the other
    languages of the page that move with it."""
    return changes_of_move([page, *(other.instance for other in others)], destination)


@register.inclusion_tag("admin/redirects/of_slug.html")
def redirects_of_slug(subject: Translatable, user: User) -> dict[str, Any]:
    """Show which addresses the draft's slug changes, and a link to the screen that changes all languages; nothing
    for other objects than pages."""
    if not isinstance(subject, Page):
        return {}
    return {"live": subject.live, "changes": changes_of_slug(subject), "screen": address_screen(subject, user)}
