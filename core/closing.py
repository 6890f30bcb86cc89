"""Takes a branch of many pages from readers in one short transaction, and has them unpublished by recorded work.

To unpublish ten thousand pages takes minutes, for which no other writer can wait. So a row of `ClosedPage` for
each comes first, which `core.visibility` takes for unpublished; the worker unpublishes the pages one after the
other, with everything that Wagtail does then, and removes the rows.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.dispatch import Signal
from wagtail.actions import UnpublishPageAction
from wagtail.models import Page, Revision

from core import work
from core.closed import ClosedPage

WORK = "unpublish_closed_pages"
"""Keys: the number of a page, a space, and the number of who unpublished it."""
SLICE = 10
MANY = 50
"""Live pages that are unpublished at once, by whoever asks for it."""

pages_closed = Signal()
"""Sent in the transaction, with the `path` of the branch."""


def connect() -> None:
    work.register(WORK, unpublish_closed, slice_size=SLICE)


def has_many_below(page: Page) -> bool:
    return page.get_descendants().filter(live=True).count() > MANY


@transaction.atomic
def unpublish_below(page: Page, user: AbstractBaseUser | None) -> int:
    """Take all pages beneath one from readers, cancel their schedules, and record that they are to be unpublished.
    Return how many were live. Rights and locks have been asked."""
    below = page.get_descendants().order_by()
    cancel_schedules(below)
    live = list(below.filter(live=True).values_list("pk", flat=True))
    rows = [ClosedPage(page_id=pk) for pk in live]
    ClosedPage.objects.bulk_create(rows, ignore_conflicts=True, batch_size=work.AT_ONCE)
    who = user.pk if user else ""
    work.record(WORK, [f"{pk} {who}" for pk in live])
    pages_closed.send(sender=Page, path=page.path)
    return len(live)


def cancel_schedules(pages: QuerySet) -> None:
    keys = pages.annotate(key=Cast("pk", CharField())).values("key")
    waiting = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), approved_go_live_at__isnull=False
    )
    waiting.filter(object_id__in=keys).update(approved_go_live_at=None)


def unpublish_closed(keys: list[str]) -> None:
    """Unpublish these pages, unless somebody has published them again since. Also whoever has gone may have asked
    for it."""
    for key in keys:
        pk, _space, who = key.partition(" ")
        closed = ClosedPage.objects.filter(page=pk).select_related("page").first()
        if closed is None:
            continue
        page = closed.page.specific
        again = page.last_published_at and page.last_published_at > closed.closed_at
        if page.live and not again:
            user = get_user_model().objects.filter(pk=who).first() if who else None
            UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        closed.delete()
