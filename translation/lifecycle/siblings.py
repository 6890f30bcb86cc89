"""The versions of an object in other languages, and why a user may not unpublish, move or delete them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex, WorkflowState
from wagtail.permissions import policy_registry

from core.addresses.siblings import rivals
from core.internals.wagtail_models import ScheduledForPublishLock, slug_is_available
from core.models import TranslatableSnippet
from core.rights import may_publish
from core.typed import Translatable
from translation.units.segments import original_of


class Deed(models.TextChoices):
    """An action that can be taken in several languages at once."""

    TAKE_DOWN = "take_down"
    DELETE = "delete"
    MOVE = "move"


@dataclass(frozen=True)
class Other:
    """The version in another language, as the templates show it before an action."""

    instance: Translatable
    language: str
    in_review: bool
    refusal: str
    """Why the user may not take the action on it; empty if the user may."""
    below: int = 0
    """Number of pages that are deleted or moved with it."""

    @property
    def title(self) -> str:
        return str(self.instance)

    @property
    def live(self) -> bool:
        return self.instance.live


def specific(instance: Translatable) -> Translatable:
    """Return a page as an instance of its specific type, and a snippet as it is."""
    return instance.specific if isinstance(instance, Page) else instance


def rows_of(instance: Translatable) -> list[Translatable]:
    """Return the object's versions in all other languages, the first created first."""
    instance = specific(instance)
    rows = type(instance)._base_manager.filter(translation_key=instance.translation_key)
    return list(rows.exclude(pk=instance.pk).select_related("locale").order_by("pk"))


def is_original(instance: Translatable) -> bool:
    """Return whether the object is the source of its translations: of all languages the one that was created
    first."""
    return original_of(specific(instance)).pk == instance.pk


def others_of(
    instance: Translatable, deed: Deed, user: User, destination: Page | None = None, below: bool = True
) -> list[Other]:
    """Return the object's versions in all other languages, each with the reason why the user may not take the
    action, if any (a fixed number of queries for each language). `destination` is the new parent of a move, in any
    language; with `below`, locked pages beneath count too."""
    rows: list[Page | TranslatableSnippet] = rows_of(instance)
    return [
        Other(
            row,
            row.locale.get_display_name(),
            row.current_workflow_state is not None,
            refusal(row, deed, user, destination_for(row, destination), below),
            row.get_descendant_count() if isinstance(row, Page) and deed != Deed.TAKE_DOWN else 0,
        )
        for row in rows
    ]


def destination_for(row: Translatable, destination: Page | None) -> Page | None:
    """Return the translation of `destination` in the row's language, or None if there is none. The root of the
    tree has no language and is returned as it is."""
    if destination is None or destination.is_root():
        return destination
    return destination.get_translation_or_none(row.locale)


def refusal(row: Translatable, deed: Deed, user: User, destination: Page | None = None, below: bool = True) -> str:
    """Return why the user may not take the action, or an empty string. `destination` (for a move) is in the row's
    language. With `below`, locked pages beneath count too. `translation.lifecycle.actions` checks again in its
    transaction."""
    if deed == Deed.MOVE:
        right, against = _may_move(row, user, destination), _against_moving(row, destination)
    elif deed == Deed.DELETE:
        right, against = _may_delete(row, user), _against_deleting(row)
    else:
        right, against = may_publish(user, row), ""
    if against:
        return against
    if not right:
        return _("You do not have permission to do this in %(language)s.") % {
            "language": row.locale.get_display_name()
        }
    return _locked(row, deed, user) or (_locked_below(row, deed, user) if below else "")


def _may_move(row: Page, user: User, destination: Page | None) -> bool:
    return destination is None or row.permissions_for_user(user).can_move_to(destination)


def _may_delete(row: Translatable, user: User) -> bool:
    if isinstance(row, Page):
        return row.permissions_for_user(user).can_delete()
    return policy_registry.get(row).user_has_permission_for_instance(user, "delete", row)


def _against_moving(row: Page, destination: Page | None) -> str:
    names = {"title": row, "slug": row.slug, "language": row.locale.get_display_name()}
    if destination is None:
        return (
            _("The new parent page of “%(title)s” does not exist in %(language)s yet. Translate it first.") % names
        )
    if destination.depth > 1 and destination.locale_id != row.locale_id:
        return _("“%(title)s” is in %(language)s, but the new parent page is not.") % names
    rival = None if destination.is_root() else rivals(row, destination).first()
    if rival or not slug_is_available(row.slug, destination, row):
        names["rival"] = rival or _("another page")
        return _("The address “%(slug)s” of “%(title)s” is already used there by “%(rival)s”.") % names
    return ""


def _against_deleting(row: Translatable) -> str:
    names = {"title": row, "language": row.locale.get_display_name()}
    if _workflows(_tree(row)):
        return (
            _(
                "A workflow is in progress on “%(title)s” in %(language)s or on a subpage. Finish or cancel it "
                "first."
            )
            % names
        )
    if ReferenceIndex.get_references_to(row).group_by_source_object().is_protected:
        return _("“%(title)s” in %(language)s is in use and cannot be deleted.") % names
    return ""


def _tree(row: Translatable) -> models.QuerySet[Any]:
    """Return a queryset of the page and all pages beneath it, or of the snippet alone."""
    if isinstance(row, Page):
        return row.get_descendants(inclusive=True)
    return type(row)._base_manager.filter(pk=row.pk)


def _workflows(rows: models.QuerySet[Any]) -> bool:
    """Return whether a workflow is under way on one of the objects."""
    kind = ContentType.objects.get_for_model(rows.model)
    pks = [str(pk) for pk in rows.values_list("pk", flat=True)]
    return WorkflowState.objects.active().filter(base_content_type=kind, object_id__in=pks).exists()


def _locked(row: Translatable, deed: Deed, user: User) -> str:
    """Return why the object is locked for the user, or an empty string. The lock that Wagtail sets for a scheduled
    publication does not prevent unpublishing (`Deed.TAKE_DOWN`), which cancels the schedule."""
    lock = row.get_lock()
    if lock is None or (deed == Deed.TAKE_DOWN and isinstance(lock, ScheduledForPublishLock)):
        return ""
    if not lock.for_user(user):
        return ""
    return strip_tags(lock.get_message(user) or _("Locked by another user."))


def _locked_below(row: Translatable, deed: Deed, user: User) -> str:
    """Return a sentence that names the first page beneath that somebody else has locked, or an empty string. For
    unpublishing only live pages count, for a move none."""
    if not isinstance(row, Page) or deed == Deed.MOVE:
        return ""
    locked = row.get_descendants().filter(locked=True).exclude(locked_by=user)
    first = (locked.filter(live=True) if deed == Deed.TAKE_DOWN else locked).first()
    return _("The subpage “%(title)s” is locked by another user.") % {"title": first} if first else ""
