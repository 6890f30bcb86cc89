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
from core.publishing.findings import MoveRefused


def peers(page: Page) -> QuerySet[Any]:
    """Return the other languages of a page."""
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)


def holders(slug: str, parent: Page) -> QuerySet[Any]:
    """Return the pages with a slug below the parent, in any language."""
    return _beneath(parent).filter(slug=slug)


def holders_of(stem: str, parent: Page) -> QuerySet[Any]:
    """Return the pages whose slugs begin with `stem` below the parent, in any language."""
    return _beneath(parent).filter(slug__startswith=stem)


def _beneath(parent: Page) -> QuerySet[Any]:
    """Return the children of the parent in all its languages."""
    parents = Page.objects.filter(translation_key=parent.translation_key).values("path")
    return (
        Page.objects.filter(depth=parent.depth + 1)
        .annotate(parent_path=Left("path", len(parent.path)))
        .filter(parent_path__in=parents)
    )


def rivals(page: Page, parent: Page) -> QuerySet[Any]:
    """Return other pages with the page's slug below the parent, in any language."""
    return holders(page.slug, parent).exclude(translation_key=page.translation_key)


def was_ever_live(page: Page) -> bool:
    """Return whether the page is or was live in any language, so that readers know its address."""
    rows = Page.objects.filter(translation_key=page.translation_key)
    return rows.filter(Q(live=True) | Q(first_published_at__isnull=False)).exists()


def leads(page: Page) -> bool:
    """Return whether the page determines the slug of its translations: it is the source, and neither it nor any of
    its translations was ever live."""
    return bool(page.pk) and not was_ever_live(page) and not peers(page).filter(pk__lt=page.pk).exists()


def give_address(slug: str, rows: Iterable[Page]) -> None:
    """Set the slug of pages that are translations of each other, in the pages, their revisions and their
    translation sources, so that no later publication brings the old slug back."""
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
    """Return whether a slug is the one proposed for a title; with a number only if another page has the slug
    without it."""
    stem = ascii_slug(title)
    if not stem or not fits_title(slug, title):
        return False
    return slug == stem or is_taken(stem, page, parent)


def fits_title(slug: str, title: str) -> bool:
    """Return whether the slug could have been proposed for the title, perhaps with a number. Any slug could for a
    title in Arabic script, for which none is proposed."""
    stem = ascii_slug(title)
    return not stem or re.fullmatch(rf"{re.escape(stem)}(?:-\d+)?", slug) is not None


def slug_for(title: str, page: Page, parent: Page) -> str:
    """Return the slug proposed for a title, which is free in every language; empty if none can be made."""
    stem = ascii_slug(title)
    return free_slug(stem, page, parent) if stem else ""


def free_slug(stem: str, page: Page, parent: Page) -> str:
    """Return the stem, with a number if another page below the parent has it in any language."""
    others = holders_of(stem, parent).exclude(translation_key=page.translation_key)
    taken = set(others.values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(slug for slug in chain([stem], numbered) if slug not in taken)


def is_taken(slug: str, page: Page, parent: Page) -> bool:
    """Return whether another page below the parent has the slug, in any language."""
    return holders(slug, parent).exclude(translation_key=page.translation_key).exists()


def other_language(page: Page, parent: Page) -> str:
    """Return the error that the page and the parent are in different languages; empty if they are not."""
    if parent.is_root() or page.locale_id == parent.locale_id:
        return ""
    return _("“%(title)s” is in %(language)s, and the page that it would stand beneath is in %(other)s.") % {
        "title": page.title,
        "language": page.locale.get_display_name(),
        "other": parent.locale.get_display_name(),
    }


def check_move(page: Page, before: Page, after: Page) -> None:
    """Raise MoveRefused if the page cannot be placed below `after` with its slug in every language."""
    if before.pk == after.pk or not hasattr(page, "check_place"):
        return
    try:
        page.check_place(after)
    except ValidationError as error:
        raise MoveRefused(page, error.message_dict) from error


def refuse_move(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Receiver: raise MoveRefused before a page is moved to a place where it cannot be, by whatever code."""
    check_move(instance.specific, parent_page_before, parent_page_after)
