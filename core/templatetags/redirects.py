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
    """`others`: those of its other languages that move with it."""
    return changes_of_move([page, *(other.instance for other in others)], destination)


@register.inclusion_tag("admin/redirects/of_slug.html")
def redirects_of_slug(subject: Translatable, user: User) -> dict[str, Any]:
    if not isinstance(subject, Page):
        return {}
    return {"live": subject.live, "changes": changes_of_slug(subject), "screen": address_screen(subject, user)}
