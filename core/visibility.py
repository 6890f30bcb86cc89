"""What may be shown at all. Decided per translation key, never per row: what is private in one language
shows in none."""

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction


def private_keys() -> QuerySet:
    """The translation keys of all pages under a view restriction (costs one query now, none when used)."""
    paths = list(PageViewRestriction.objects.values_list("page__path", flat=True))
    condition = Q()
    for path in paths:
        condition |= Q(path__startswith=path)
    pages = Page.objects.filter(condition) if paths else Page.objects.none()
    return pages.order_by().values("translation_key")


def public_pages(queryset: QuerySet, private: QuerySet | None = None) -> QuerySet:
    """Live and not private in any language; `private` is what `private_keys` gave, where it is at hand."""
    private = private_keys() if private is None else private
    return queryset.filter(live=True).exclude(translation_key__in=private)
