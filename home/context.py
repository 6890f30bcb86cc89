"""Template context of the pages of this app."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.models import Page

from campaigns.cards import PageCard
from campaigns.context import campaign_cards
from campaigns.material import Material, Scope
from core.languages.site_languages import LocaleCodes, active_code
from core.page_context import register
from core.stamps import tags
from core.stamps.collecting import note
from core.visibility import beneath, best_by_key, private_keys, seen
from home.models import (
    ContentPage,
    HomePage,
    ResourceIndexPage,
    ResourcePage,
    SectionPage,
)
from home.models.resources import ResourceKind
from home.resource_listing import resource_context, resource_listing


def home_context(home: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of the home page: its colour, the cards of all public campaigns, and the newest
    material of the whole site."""
    return {
        "accent": home.accent,
        "campaigns": campaign_cards(request),
        "material": Material(request, home.body, Scope(), ["stories"], [home.lead_image]),
    }


def section_context(page: SectionPage | ContentPage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of a section or content page: the cards of its child pages, and the material
    that the body shows."""
    return {
        "children": child_cards(page, request),
        "material": Material(request, page.body, Scope(), images=[page.lead_image]),
    }


def child_cards(page: Page, request: HttpRequest) -> list[PageCard]:
    """Return a card for each public child of the page in any language, in the order of the tree. Each child is
    shown in the best language for readers of the active one; its text is its introduction or summary."""
    below = Q(pk__in=[])
    for path in page.get_translations(inclusive=True).values_list("path", flat=True):
        note(tags.below(path))
        below |= beneath(path) & Q(depth=page.depth + 1)
    children = seen(Page.objects.filter(below), active_code(), private_keys(request)).order_by("path").specific()
    return [
        PageCard(
            code=LocaleCodes.code(child.locale_id),
            title=child.title,
            url=child.get_url(request),
            text=getattr(child, "introduction", "") or getattr(child, "summary", ""),
            seed=child.slug,
        )
        for child in best_by_key(list(children), active_code()).values()
    ]


def resources_context(index: ResourceIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of a list of resources: those below it, filtered and paged by the GET
    parameters."""
    labels = {
        "kind": gettext("Kind"),
        "topic": gettext("Topic"),
        "year": gettext("Year"),
        "language": gettext("Language of the file"),
    }
    return resource_listing(index, request, labels, ResourceKind.choices)


def connect() -> None:
    """Register the context of each page class with `core.page_context`."""
    register(home_context, HomePage)
    register(section_context, SectionPage)
    register(section_context, ContentPage)
    register(resources_context, ResourceIndexPage)
    register(resource_context, ResourcePage)
