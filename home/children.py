"""Cards of the pages below a page."""

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page

from campaigns.cards import PageCard
from core.languages.site_languages import LocaleCodes, active_code
from core.visibility import best_by_key, private_keys, public_pages


def child_cards(page: Page, request: HttpRequest) -> list[PageCard]:
    """Return a card for each public child of the page in any language, in the order of the tree. Each child is
    shown in the best language for readers of the active one; its text is its introduction or summary."""
    below = Q(pk__in=[])
    for path in page.get_translations(inclusive=True).values_list("path", flat=True):
        below |= Q(path__startswith=path, depth=page.depth + 1)
    children = public_pages(Page.objects.filter(below), private_keys(request)).order_by("path").specific()
    return [
        PageCard(
            code=LocaleCodes.code(child.locale_id),
            title=child.title,
            url=child.get_url(request),
            text=getattr(child, "introduction", "") or getattr(child, "summary", ""),
            seed=child.slug,
        )
        for child in best_by_key(children, active_code()).values()
    ]
