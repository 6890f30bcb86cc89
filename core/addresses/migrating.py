"""Code shared by the migrations of page addresses."""

import re
from typing import Any

from django.db.models import QuerySet

from core.addresses.slugs import ascii_slug


def mark_typed(pages: QuerySet[Any], revisions: QuerySet[Any]) -> None:
    """Set `address_typed` for pages of one type that were never live and whose slug was not made from their title,
    in the pages and in their revisions."""
    drafts = pages.filter(live=False, first_published_at=None)
    for page in drafts.only("title", "slug"):
        if re.fullmatch(rf"{re.escape(ascii_slug(page.title))}(?:-\d+)?", page.slug):
            continue
        drafts.filter(pk=page.pk).update(address_typed=True)
        for revision in revisions.filter(
            base_content_type__app_label="wagtailcore", base_content_type__model="page", object_id=str(page.pk)
        ):
            revision.content["address_typed"] = True
            revision.save(update_fields=["content"])
