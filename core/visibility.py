"""What may be shown at all. Decided per translation key, never per row: what is private in one language
shows in none."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction


def private_paths(request: HttpRequest | None = None) -> list[str]:
    """The tree paths of the pages with a view restriction: one query a request."""
    known = getattr(request, "_private_paths", None)
    if known is None:
        known = list(PageViewRestriction.objects.values_list("page__path", flat=True))
        if request is not None:
            request._private_paths = known
    return known


def private_keys(request: HttpRequest | None = None) -> QuerySet:
    """The translation keys of all pages under a view restriction, for use in a condition."""
    paths = private_paths(request)
    condition = Q()
    for path in paths:
        condition |= Q(path__startswith=path)
    pages = Page.objects.filter(condition) if paths else Page.objects.none()
    return pages.order_by().values("translation_key")


def public_pages(queryset: QuerySet, private: QuerySet | None = None) -> QuerySet:
    """Live and not private in any language; `private` is what `private_keys` gave, where it is at hand."""
    private = private_keys() if private is None else private
    return queryset.filter(live=True).exclude(translation_key__in=private)
