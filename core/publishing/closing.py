"""Unpublishing and deleting of large branches of the page tree: a short transaction hides the pages from readers,
and recorded work unpublishes or deletes them afterwards.

Unpublishing or deleting ten thousand pages takes minutes, too long to block other writers. So the transaction only
creates a `ClosedPage` row for each live page, which `core.visibility` treats as unpublished. The worker then
unpublishes or deletes the pages one by one with Wagtail's actions, and removes the rows.
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
from wagtail.log_actions import LogContext
from wagtail.models import Page, Revision

from core import work
from core.closed import ClosedPage
from core.internals.wagtail_models import DeletePageAction, UnpublishPageAction, get_active_log_context

WORK = "unpublish_closed_pages"
"""Name of the recorded work that unpublishes. Its keys are "<page id> <user id>"; the user id may be empty."""
DELETION = "delete_closed_pages"
"""Name of the recorded work that deletes. Its keys are "<order> <page id> <user id> <log UUID>": a deeper page has
a lower order, the user id may be empty, and all log entries of one deletion share the UUID."""
SLICE = 10
MANY = 50
"""The number of pages up to which the request itself unpublishes or deletes them."""
DEEPEST = 100

pages_closed = Signal()
"""Sent in the transaction that closes pages, with the tree `path` of the branch."""
branch_deleting = Signal()
"""Sent in the transaction that closes a branch for deletion, after its pages are hidden from readers, with the
`page` and the queryset `pages` of the whole branch. A receiver may raise DeletionRefused."""


def connect() -> None:
    """Register the recorded work that unpublishes and deletes closed pages."""
    work.register(WORK, unpublish_closed, slice_size=SLICE)
    work.register(DELETION, delete_closed, slice_size=SLICE)


def has_many_below(page: Page) -> bool:
    """Return whether a page has more than MANY live descendants, so that recorded work unpublishes them."""
    return page.get_descendants().filter(live=True).count() > MANY


def is_large(page: Page) -> bool:
    """Return whether a page has more than MANY descendants, live or not, so that recorded work deletes them."""
    return page.get_descendant_count() > MANY


@transaction.atomic
def unpublish_below(page: Page, user: User | None) -> int:
    """Hide all descendants of a page, but not the page, from readers, cancel their schedules and record the work
    that unpublishes them. Return how many were live. The caller has checked permissions and locks."""
    live = _close(page.get_descendants().order_by())
    who = user.pk if user else ""
    work.record(WORK, [f"{pk} {who}" for pk in live])
    pages_closed.send(sender=Page, path=page.path)
    return len(live)


@transaction.atomic
def delete_branch(page: Page, user: User | None) -> None:
    """Hide a page and all its descendants from readers, cancel their schedules and record the work that deletes
    them, the deepest first. The log and the trash show one deletion. The caller has checked permissions and locks.
    Raise DeletionRefused, and change nothing, if one of the pages cannot be deleted."""
    pages = page.get_descendants(inclusive=True).order_by()
    _close(pages)
    branch_deleting.send(sender=Page, page=page, pages=pages)
    who, act = user.pk if user else "", get_active_log_context().uuid or uuid.uuid4()
    found = pages.values_list("depth", "pk")
    work.record(DELETION, [f"{DEEPEST - depth:03} {pk} {who} {act}" for depth, pk in found])
    pages_closed.send(sender=Page, path=page.path)


def _close(pages: QuerySet[Any]) -> list[int]:
    """Cancel the schedules of the pages, hide the live ones from readers and return the ids of the live ones."""
    cancel_schedules(pages)
    live = list(pages.filter(live=True).values_list("pk", flat=True))
    rows = [ClosedPage(page_id=pk) for pk in live]
    ClosedPage.objects.bulk_create(rows, ignore_conflicts=True, batch_size=work.AT_ONCE)
    return live


def cancel_schedules(pages: QuerySet[Any]) -> None:
    """Cancel the scheduled publication of all revisions of these pages."""
    keys = pages.annotate(key=Cast("pk", CharField())).values("key")
    waiting = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), approved_go_live_at__isnull=False
    )
    waiting.filter(object_id__in=keys).update(approved_go_live_at=None)


def unpublish_closed(keys: list[str]) -> None:
    """Unpublish the pages of these keys of `WORK` and delete their `ClosedPage` rows. Skip pages without such a
    row; leave live what was published again since it was closed. The user who requested it may have been deleted
    meanwhile."""
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
    """Delete the pages of these keys of `DELETION`, with any pages added beneath them since. Skip those that do
    not exist any more. The user who requested it may have been deleted meanwhile."""
    for key in keys:
        _depth, pk, who, act = key.split(" ")
        page = Page.objects.filter(pk=pk).first()
        if page is None:
            continue
        user = _user(who)
        with LogContext(user) as context:
            context.uuid = uuid.UUID(act)
            DeletePageAction(page.specific, user=user).execute(skip_permission_checks=True)
