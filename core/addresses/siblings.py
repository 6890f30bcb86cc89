"""A page stands beneath one of its own language, and its slug is the same in every language. Here is what could
stand in its way, and how it follows the title."""

import json
import re
from collections.abc import Iterable
from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from core.addresses.slugs import ascii_slug
from core.publishing.findings import MoveRefused


def peers(page: Page) -> QuerySet[Any]:
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)


def holders(slug: str, parent: Page) -> QuerySet[Any]:
    """The pages of that slug beneath the parent, in whatever language."""
    return _beneath(parent).filter(slug=slug)


def holders_of(stem: str, parent: Page) -> QuerySet[Any]:
    """The pages whose slugs begin so beneath the parent, in whatever language."""
    return _beneath(parent).filter(slug__startswith=stem)


def _beneath(parent: Page) -> QuerySet[Any]:
    parents = Page.objects.filter(translation_key=parent.translation_key).values("path")
    return (
        Page.objects.filter(depth=parent.depth + 1)
        .annotate(parent_path=Left("path", len(parent.path)))
        .filter(parent_path__in=parents)
    )


def rivals(page: Page, parent: Page) -> QuerySet[Any]:
    """Other pages that have the page's slug beneath the parent, in whatever language."""
    return holders(page.slug, parent).exclude(translation_key=page.translation_key)


def was_ever_live(page: Page) -> bool:
    """Return whether readers have known its address, in whatever language."""
    rows = Page.objects.filter(translation_key=page.translation_key)
    return rows.filter(Q(live=True) | Q(first_published_at__isnull=False)).exists()


def leads(page: Page) -> bool:
    """Return whether the page's address is that of its translations too, whatever theirs is by now: it was there
    first, and readers know none of them."""
    return bool(page.pk) and not was_ever_live(page) and not peers(page).filter(pk__lt=page.pk).exists()


def give_address(slug: str, rows: Iterable[Page]) -> None:
    """Write the slug to pages that are translations of each other. Kept versions and what translations are made
    from take it over, or the next publication would bring the old one back."""
    rows = list(rows)
    for row in rows:
        row.slug = slug
        # Of the text nothing changes, so the gate has nothing to say.
        row.save(clean=False, update_fields=["slug", "url_path"])
        for revision in row.revisions.iterator():
            revision.content["slug"] = slug
            revision.save(update_fields=["content"])
    for source in TranslationSource.objects.filter(object_id__in={row.translation_key for row in rows}):
        source.content_json = json.dumps({**json.loads(source.content_json), "slug": slug})
        source.save(update_fields=["content_json"])


def is_made_from(slug: str, title: str, page: Page, parent: Page) -> bool:
    """Return whether the slug is what is proposed for the title, with a number where another page has the stem."""
    stem = ascii_slug(title)
    if not stem or not re.fullmatch(rf"{re.escape(stem)}(?:-\d+)?", slug):
        return False
    return slug == stem or is_taken(stem, page, parent)


def slug_for(title: str, page: Page, parent: Page) -> str:
    """Return the slug that is proposed, free in every language; empty where somebody has to choose the letters."""
    stem = ascii_slug(title)
    return free_slug(stem, page, parent) if stem else ""


def free_slug(stem: str, page: Page, parent: Page) -> str:
    """Return the stem, with a number where another page beneath the parent has it in any language."""
    others = holders_of(stem, parent).exclude(translation_key=page.translation_key)
    taken = set(others.values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(slug for slug in chain([stem], numbered) if slug not in taken)


def is_taken(slug: str, page: Page, parent: Page) -> bool:
    """Return whether another page beneath the parent has the slug, in any language."""
    return holders(slug, parent).exclude(translation_key=page.translation_key).exists()


def other_language(page: Page, parent: Page) -> str:
    """Why the page may not stand beneath the parent; empty where both are in one language."""
    if parent.is_root() or page.locale_id == parent.locale_id:
        return ""
    return _("“%(title)s” is in %(language)s, and the page that it would stand beneath is in %(other)s.") % {
        "title": page.title,
        "language": page.locale.get_display_name(),
        "other": parent.locale.get_display_name(),
    }


def check_move(page: Page, before: Page, after: Page) -> None:
    """Raises MoveRefused where the page could not stand there under its address in every language."""
    if before.pk == after.pk or not hasattr(page, "check_place"):
        return
    try:
        page.check_place(after)
    except ValidationError as error:
        raise MoveRefused(page, error.message_dict) from error


def refuse_move(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """A receiver: screens, APIs, commands and code all pass by it, before anything is written."""
    check_move(instance.specific, parent_page_before, parent_page_after)
