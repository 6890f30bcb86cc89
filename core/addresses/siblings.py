"""The place and slug of a page in all its languages. A page is below a parent of its own language, and its slug is
the same in every language. This module checks for conflicts and makes slugs from titles."""

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
from core.findings import MoveRefused


def peers(page: Page) -> QuerySet[Any]:
    """Return the pages that are translations of a page, without the page itself."""
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)


def holders(slug: str, parent: Page) -> QuerySet[Any]:
    """Return the pages, in any language, with this slug below the parent or one of its translations."""
    return _beneath(parent).filter(slug=slug)


def holders_of(stem: str, parent: Page) -> QuerySet[Any]:
    """Return the pages, in any language, whose slugs begin with `stem` below the parent or one of its
    translations."""
    return _beneath(parent).filter(slug__startswith=stem)


def _beneath(parent: Page) -> QuerySet[Any]:
    """Return the children of the parent and of its translations."""
    parents = Page.objects.filter(translation_key=parent.translation_key).values("path")
    return (
        Page.objects.filter(depth=parent.depth + 1)
        .annotate(parent_path=Left("path", len(parent.path)))
        .filter(parent_path__in=parents)
    )


def rivals(page: Page, parent: Page) -> QuerySet[Any]:
    """Return the pages with the page's slug below the parent, in any language, other than the page and its
    translations."""
    return holders(page.slug, parent).exclude(translation_key=page.translation_key)


def was_ever_live(page: Page) -> bool:
    """Return whether the page or one of its translations is or was live, so that readers know its address."""
    rows = Page.objects.filter(translation_key=page.translation_key)
    return rows.filter(Q(live=True) | Q(first_published_at__isnull=False)).exists()


def leads(page: Page) -> bool:
    """Return whether the page determines the slug of its translations: it is stored, it is the source (has the
    lowest primary key), and neither it nor any of its translations was ever live."""
    return bool(page.pk) and not was_ever_live(page) and not peers(page).filter(pk__lt=page.pk).exists()


def give_address(slug: str, rows: Iterable[Page]) -> None:
    """Set the slug of pages that are translations of each other, in the pages, all their revisions and their
    translation sources, so that no later publication brings the old slug back. Without validation."""
    rows = list(rows)
    for row in rows:
        row.slug = slug
        # The text does not change, so no publishing check is needed.
        row.save(clean=False, update_fields=["slug", "url_path"])
        for revision in row.revisions.iterator():
            revision.content["slug"] = slug
            revision.save(update_fields=["content"])
    for source in TranslationSource.objects.filter(object_id__in={row.translation_key for row in rows}):
        source.content_json = json.dumps({**json.loads(source.content_json), "slug": slug})
        source.save(update_fields=["content_json"])


def is_made_from(slug: str, title: str, page: Page, parent: Page) -> bool:
    """Return whether a slug is the one proposed for a title; with a number only if another page than `page` and
    its translations has the slug without it. False for a title in Arabic script, for which none is proposed."""
    stem = ascii_slug(title)
    if not stem or not fits_title(slug, title):
        return False
    return slug == stem or is_taken(stem, page, parent)


def fits_title(slug: str, title: str) -> bool:
    """Return whether the slug could have been proposed for the title, perhaps with a number. Always True for a
    title of which no slug can be made, such as one in Arabic script."""
    stem = ascii_slug(title)
    return not stem or re.fullmatch(rf"{re.escape(stem)}(?:-\d+)?", slug) is not None


def slug_for(title: str, page: Page, parent: Page) -> str:
    """Return the slug made from a title, with a number if another page below `parent`, in any language, has it.
    Return an empty string if the title has Arabic letters or nothing a slug can be made of."""
    stem = ascii_slug(title)
    return free_slug(stem, page, parent) if stem else ""


def free_slug(stem: str, page: Page, parent: Page) -> str:
    """Return the stem, with a number from 2 if another page below the parent has it in any language. Translations
    of `page` do not count."""
    others = holders_of(stem, parent).exclude(translation_key=page.translation_key)
    taken = set(others.values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(slug for slug in chain([stem], numbered) if slug not in taken)


def is_taken(slug: str, page: Page, parent: Page) -> bool:
    """Return whether a page below the parent, in any language, has the slug, other than `page` and its
    translations."""
    return holders(slug, parent).exclude(translation_key=page.translation_key).exists()


def other_language(page: Page, parent: Page) -> str:
    """Return the error that the page and the parent are in different languages; empty if they are not, or if the
    parent is the root of the tree."""
    if parent.is_root() or page.locale_id == parent.locale_id:
        return ""
    return _(
        "“%(title)s” is in %(language)s, but the new parent page is in %(other)s. Choose a "
        "parent page in the same language."
    ) % {
        "title": page.title,
        "language": page.locale.get_display_name(),
        "other": parent.locale.get_display_name(),
    }


def check_move(page: Page, before: Page, after: Page) -> None:
    """Raise MoveRefused if the page cannot be placed below `after` in every language: because of its slug or
    language. Do nothing if the parent stays the same (`before`), or for page types without `check_place`."""
    if before.pk == after.pk or not hasattr(page, "check_place"):
        return
    try:
        page.check_place(after)
    except ValidationError as error:
        raise MoveRefused(page, error.message_dict) from error


def refuse_move(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Receiver: raise MoveRefused before a page is moved to a place where it cannot be, by whatever code."""
    check_move(instance.specific, parent_page_before, parent_page_after)
