"""Takes a branch of many pages from readers in one short transaction, and has them unpublished or deleted by
recorded work.

To unpublish or delete ten thousand pages takes minutes, for which no other writer can wait. So a row of
`ClosedPage` for each comes first, which `core.visibility` takes for unpublished; the worker unpublishes or deletes
the pages one after the other, with everything that Wagtail does then, and the rows go.
"""

import uuid
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.dispatch import Signal
from wagtail.actions import DeletePageAction, UnpublishPageAction
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import Page, Revision

from core import work
from core.closed import ClosedPage

WORK = "unpublish_closed_pages"
"""Keys: the number of a page, a space, and the number of who unpublished it."""
DELETION = "delete_closed_pages"
"""Keys: a number that is the lower the deeper a page lies, the number of the page, the number of who deleted it,
and what the log entries of the deletion have in common; with spaces between."""
SLICE = 10
MANY = 50
"""Pages that are unpublished or deleted at once, by whoever asks for it."""
DEEPEST = 100

pages_closed = Signal()
"""Sent in the transaction, with the `path` of the branch."""
branch_deleting = Signal()
"""Sent in the transaction, with the `page` and all `pages` that are to be deleted with it, once readers see none
of them. A receiver may raise DeletionRefused."""


def connect() -> None:
    work.register(WORK, unpublish_closed, slice_size=SLICE)
    work.register(DELETION, delete_closed, slice_size=SLICE)


def has_many_below(page: Page) -> bool:
    return page.get_descendants().filter(live=True).count() > MANY


def is_large(page: Page) -> bool:
    """Return whether a page has so many beneath it, live or not, that they are deleted by recorded work."""
    return page.get_descendant_count() > MANY


@transaction.atomic
def unpublish_below(page: Page, user: User | None) -> int:
    """Take all pages beneath one from readers, cancel their schedules, and record that they are to be unpublished.
    Return how many were live. Rights and locks have been asked."""
    live = _close(page.get_descendants().order_by())
    who = user.pk if user else ""
    work.record(WORK, [f"{pk} {who}" for pk in live])
    pages_closed.send(sender=Page, path=page.path)
    return len(live)


@transaction.atomic
def delete_branch(page: Page, user: User | None) -> None:
    """Take a page and all pages beneath it from readers, cancel their schedules, and record that they are to be
    deleted, the deepest first. In the log and in the trash it is one deletion. Rights and locks have been asked.
    Raise DeletionRefused, and do nothing, where one of the pages cannot be deleted."""
    pages = page.get_descendants(inclusive=True).order_by()
    _close(pages)
    branch_deleting.send(sender=Page, page=page, pages=pages)
    who, act = user.pk if user else "", get_active_log_context().uuid or uuid.uuid4()
    found = pages.values_list("depth", "pk")
    work.record(DELETION, [f"{DEEPEST - depth:03} {pk} {who} {act}" for depth, pk in found])
    pages_closed.send(sender=Page, path=page.path)


def _close(pages: QuerySet[Any]) -> list[int]:
    """Return the numbers of those that were live."""
    cancel_schedules(pages)
    live = list(pages.filter(live=True).values_list("pk", flat=True))
    rows = [ClosedPage(page_id=pk) for pk in live]
    ClosedPage.objects.bulk_create(rows, ignore_conflicts=True, batch_size=work.AT_ONCE)
    return live


def cancel_schedules(pages: QuerySet[Any]) -> None:
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
            UnpublishPageAction(page, user=_user(who)).execute(skip_permission_checks=True)
        closed.delete()


def _user(number: str) -> User | None:
    return get_user_model().objects.filter(pk=number).first() if number else None


def delete_closed(keys: list[str]) -> None:
    """Delete these pages, and what has been added beneath one since. Also whoever has gone may have asked."""
    for key in keys:
        _depth, pk, who, act = key.split(" ")
        page = Page.objects.filter(pk=pk).first()
        if page is None:
            continue
        user = _user(who)
        with LogContext(user) as context:
            context.uuid = uuid.UUID(act)
            DeletePageAction(page.specific, user=user).execute(skip_permission_checks=True)
