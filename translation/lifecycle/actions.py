"""Actions on the translations of an object in several languages at once, each in one transaction."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from core.internals.wagtail_models import DeleteAction, MovePageAction, UnpublishAction, UnpublishPageAction
from core.publishing import closing
from core.publishing.actions import GatedDeleteAction
from core.typed import Translatable
from translation.lifecycle.siblings import Deed, destination_for, refusal, rows_of, specific


def everywhere(instance: Translatable) -> list[Translatable]:
    """Return the object followed by its versions in all other languages."""
    return [specific(instance), *rows_of(instance)]


def require(
    rows: Iterable[Translatable],
    deed: Deed,
    user: User,
    destination: Page | None = None,
    below: bool = True,
) -> None:
    """Raise ValidationError with a reason, led by the language, for each of the rows on which the user may not
    take the action (see `refusal`). For a move, `destination` is the new parent in any language; each row is
    checked against its translation. With `below`, locked pages beneath count too."""
    against = [
        f"{row.locale.get_display_name()}: {reason}"
        for row in rows
        if (reason := refusal(row, deed, user, destination_for(row, destination), below))
    ]
    if against:
        raise ValidationError(against)


@transaction.atomic
def take_down(rows: list[Translatable], user: User, below: bool = False) -> list[Translatable]:
    """Unpublish the objects and cancel their schedules; with `below`, also the pages beneath, where these are many
    by recorded work. Return those of `rows` that were live. Raise ValidationError as `require` does."""
    require(rows, Deed.TAKE_DOWN, user, below=below)
    return [row for row in rows if take_offline(row, user, below)]


def take_offline(row: Translatable, user: User | None, below: bool = False, expired: bool = False) -> bool:
    """Unpublish one object and cancel its schedules, without checking rights; with `below`, also the pages
    beneath, where these are many by recorded work. With `expired`, mark the object as expired. Return whether it
    was live."""
    was_live = row.live
    if was_live:
        action = UnpublishPageAction if isinstance(row, Page) else UnpublishAction
        how = "wagtail.unpublish.scheduled" if expired else True
        action(row, set_expired=expired, user=user, log_action=how).execute(skip_permission_checks=True)
    row.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    if below and isinstance(row, Page):
        if closing.has_many_below(row):
            closing.unpublish_below(row, user)
        else:
            for page in row.get_descendants().specific():
                take_offline(page, user)
    return was_live


@transaction.atomic
def delete(rows: list[Translatable], user: User) -> None:
    """Delete the objects, which receivers copy to the trash. A page with many pages beneath it is deleted by
    recorded work. Raise ValidationError as `require` does."""
    require(rows, Deed.DELETE, user)
    for row in rows:
        action = GatedDeleteAction if isinstance(row, Page) else DeleteAction
        action(row, user=user).execute(skip_permission_checks=True)


@transaction.atomic
def move(rows: list[Page], user: User, destination: Page, position: str | None = "last-child") -> list[Page]:
    """Move each page below the translation of `destination` in its language. Return the pages that moved, without
    those that are children of it already. Raise ValidationError as `require` does, and PermissionDenied if Wagtail
    refuses."""
    require(rows, Deed.MOVE, user, destination)
    moved = []
    for row in rows:
        there = destination_for(row, destination)
        assert there is not None  # `require` refuses a row whose language lacks the destination.
        # The moves before may have changed the paths of these pages.
        row, there = Page.objects.get(pk=row.pk).specific, Page.objects.get(pk=there.pk)
        if not row.is_child_of(there):
            MovePageAction(row, there, pos=position, user=user).execute()
            moved.append(row)
    return moved
