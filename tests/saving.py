"""What the tests of saving pages share."""

from home.models import ContentPage

SCRIPT = {"accept": "application/json"}
"""As autosave asks."""


def loaded(page: ContentPage) -> dict[str, str]:
    """What a form says that is opened now."""
    latest = ContentPage.objects.get(pk=page.pk).latest_revision
    if latest is None:
        return {"loaded_revision_id": "", "loaded_revision_created_at": ""}
    return {"loaded_revision_id": str(latest.pk), "loaded_revision_created_at": latest.created_at.isoformat()}


def titles(page: ContentPage) -> list[str]:
    return [row.content["title"] for row in page.revisions.order_by("created_at", "pk")]


def newest_title(page: ContentPage) -> str:
    return ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object().title
