"""What the migrations of pages' addresses have in common."""

import re

from django.apps.registry import Apps

from core.addresses.slugs import ascii_slug


def mark_typed(apps: Apps, app_label: str, models: list[str]) -> None:
    """Mark the drafts of these page types whose slug was not made from their title, in all of their versions."""
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for name in models:
        drafts = apps.get_model(app_label, name).objects.filter(live=False, first_published_at=None)
        for page in drafts.only("title", "slug"):
            if re.fullmatch(rf"{re.escape(ascii_slug(page.title))}(?:-\d+)?", page.slug):
                continue
            drafts.filter(pk=page.pk).update(address_typed=True)
            for revision in revisions.filter(
                base_content_type__app_label="wagtailcore",
                base_content_type__model="page",
                object_id=str(page.pk),
            ):
                revision.content["address_typed"] = True
                revision.save(update_fields=["content"])
