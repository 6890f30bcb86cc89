from collections.abc import Iterable

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_unpublished

from core.share.tasks import make_share_picture

SHOWN = {"title", "slug", "live", "accent"}


def after_saving(instance: Page, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs) -> None:
    """By whatever path a page goes live. A draft is saved with names of fields."""
    if raw or (update_fields and not SHOWN & set(update_fields)):
        return
    if hasattr(instance, "share_accent") and instance.live:
        later(instance.pk)


def after_going(instance: Page, **kwargs) -> None:
    if hasattr(instance, "share_accent"):
        later(instance.pk)


def later(page: int) -> None:
    # A queue that fails must not undo what was published: the picture's address draws it all the same.
    transaction.on_commit(lambda: make_share_picture.enqueue(page), robust=True)


def connect() -> None:
    post_save.connect(after_saving, dispatch_uid="share_picture_after_saving")
    post_delete.connect(after_going, dispatch_uid="share_picture_after_deleting")
    page_unpublished.connect(after_going, dispatch_uid="share_picture_after_unpublishing")
