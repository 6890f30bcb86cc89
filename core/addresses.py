"""The slug of a page is the same in every language. Here is what could stand in its way."""

from django.db.models import QuerySet
from django.db.models.functions import Left
from wagtail.models import Page


def peers(page: Page) -> QuerySet:
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)


def holders(slug: str, parent: Page) -> QuerySet:
    """The pages of that slug beneath the parent, in whatever language."""
    parents = Page.objects.filter(translation_key=parent.translation_key).values("path")
    return (
        Page.objects.filter(slug=slug, depth=parent.depth + 1)
        .annotate(parent_path=Left("path", len(parent.path)))
        .filter(parent_path__in=parents)
    )


def rivals(page: Page, parent: Page) -> QuerySet:
    """Other pages that have the page's slug beneath the parent, in whatever language."""
    return holders(page.slug, parent).exclude(translation_key=page.translation_key)
