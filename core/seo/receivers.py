"""Signal receivers that record, in the transaction of a change, which share pictures to make or delete (see
`core.work`)."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from core import work
from core.publishing.closing import pages_closed
from core.seo.pictures import keep_picture, shows_pictures

PICTURES = "share_pictures"
"""Recorded work for single pages. Keys: primary keys of pages."""
BRANCHES = "share_pictures_beneath"
"""Recorded work for branches of the tree. Keys: tree paths of pages."""
SHOWN = {"title", "slug", "live", "accent"}
SLICE = 5
"""Number of pictures made at a time; drawing one takes a tenth of a second."""


def record(pages: Iterable[int]) -> None:
    """Record that the share pictures of these pages (primary keys) are to be made or deleted by the worker."""
    work.record(PICTURES, map(str, pages))


def keep_or_remove(keys: list[str]) -> None:
    """Store the pictures of these pages if they are public, otherwise delete their files. Record the same work for
    the pages that depend on a changed picture."""
    for key in keys:
        record(keep_picture(int(key)))


def keep_or_remove_beneath(paths: list[str]) -> None:
    """Record that the share pictures of the pages at and below these paths are to be made or deleted: those live
    in any language."""
    for path in paths:
        keys = Page.objects.filter(path__startswith=path).order_by().values("translation_key")
        record(Page.objects.filter(translation_key__in=keys, live=True).order_by().values_list("pk", flat=True))


def page_saved(
    instance: Page, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Receiver: record that the share picture of a live page is to be made, unless `update_fields` names no field
    that it shows."""
    if raw or (update_fields and not SHOWN & set(update_fields)):
        return
    if shows_pictures(instance) and instance.live:
        record([instance.pk])


def page_gone(instance: Page, **kwargs: Any) -> None:
    """Receiver: record that the share picture of a deleted or unpublished page is to be deleted."""
    if shows_pictures(instance):
        record([instance.pk])


def page_moved(instance: Page, **kwargs: Any) -> None:
    """Receiver: record that the share pictures of a moved page's branch are to be made or deleted."""
    work.record(BRANCHES, Page.objects.filter(pk=instance.pk).values_list("path", flat=True))


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Receiver: record that share pictures are to be made or deleted in the branch of a page whose view
    restriction was saved or deleted."""
    work.record(BRANCHES, Page.objects.filter(pk=instance.page_id).values_list("path", flat=True))


def branch_closed(path: str, **kwargs: Any) -> None:
    """Receiver: record that the share pictures of the branch at `path`, which is not public any more, are to be
    deleted."""
    work.record(BRANCHES, [path])


def connect() -> None:
    """Register the recorded work and connect the receivers."""
    work.register(PICTURES, keep_or_remove, slice_size=SLICE)
    work.register(BRANCHES, keep_or_remove_beneath, slice_size=1)
    post_save.connect(page_saved, dispatch_uid="share_picture_after_saving")
    post_delete.connect(page_gone, dispatch_uid="share_picture_after_deleting")
    page_unpublished.connect(page_gone, dispatch_uid="share_picture_after_unpublishing")
    post_page_move.connect(page_moved, dispatch_uid="share_picture_after_moving")
    pages_closed.connect(branch_closed, dispatch_uid="share_picture_after_closing")
    for name, signal in (("saved", post_save), ("deleted", post_delete)):
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid=f"share_restriction_{name}")
