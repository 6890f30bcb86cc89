"""Entries of the journal for pages and collections that become private, or private to fewer people."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_save
from wagtail.models import Collection, Page, PageViewRestriction
from wagtail.signals import post_page_move

from core.internals.wagtail_models import CollectionViewRestriction
from core.journal.file import Entry
from core.journal.recording import entry_of, record
from core.media import private_files
from core.media.collections import collection_moved, is_private
from core.media.private_files import PRIVATE

RESTRICTIONS = {Page: (PageViewRestriction, "page"), Collection: (CollectionViewRestriction, "collection")}
Restriction: TypeAlias = PageViewRestriction | CollectionViewRestriction


def restricted(restriction: Restriction) -> Page | Collection:
    """Return the page or collection that a restriction belongs to."""
    return restriction.page if isinstance(restriction, PageViewRestriction) else restriction.collection


def record_private(instance: Restriction, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: record in the journal a page or a collection that gets a new view restriction."""
    if created and not raw:
        record([entry_of(PRIVATE, restricted(instance))])


def record_changed(sender: type[Model], instance: Restriction, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: before a view restriction is saved with another password or type, record that its page or
    collection is to be restricted anew. The password itself is not recorded: after a restore only users who
    are logged in see the page, because the old password may be known to too many."""
    if raw or not instance.pk:
        return
    same = {"restriction_type": instance.restriction_type, "password": instance.password}
    if sender._base_manager.filter(pk=instance.pk).exclude(**same).exists():
        record([entry_of(PRIVATE, restricted(instance), anew=True)])


def record_group_removed(
    sender: type[Model], instance: Restriction | Group, action: str, reverse: bool, **kwargs: Any
) -> None:
    """Receiver: record in the journal the pages or collections that a group may no longer see, whether the group
    was removed from the restriction or the restriction from the group."""
    if action not in ("pre_remove", "pre_clear"):
        return
    kind = next(kind for kind, _field in RESTRICTIONS.values() if kind.groups.through is sender)
    lost = kind.objects.filter(groups=instance) if reverse else kind.objects.filter(pk=instance.pk)
    found = lost.filter(groups__isnull=False).distinct()
    record(entry_of(PRIVATE, restricted(each), anew=True) for each in found)


def record_moved_page(instance: Page, **kwargs: Any) -> None:
    """Receiver: record in the journal a page that was moved if it or a page above it is private now."""
    page = Page.objects.get(pk=instance.pk)
    if page.get_view_restrictions().exists():
        record([entry_of(PRIVATE, page)])


def record_moved_collection(instance: Collection, was_private: bool, **kwargs: Any) -> None:
    """Receiver: record in the journal a public collection that was moved below a private one."""
    if not was_private and is_private(instance):
        record([entry_of(PRIVATE, instance)])


def restrict_again(entry: Entry, row: Page | Collection) -> Iterator[str]:
    """Restrict a page or a collection to users who are logged in, and yield a line for the operator; do nothing if
    it is private already.

    An entry with `anew` also replaces an older restriction by password or groups. The operator chooses new ones.
    """
    kind, field = RESTRICTIONS[type(row)]
    own = kind.objects.filter(**{field: row})
    if entry.data.get("anew"):
        own = own.exclude(restriction_type=kind.LOGIN)
        is_done = not own.exists() and row.get_view_restrictions().exists()
        own.delete()
    else:
        is_done = row.get_view_restrictions().exists()
    if not is_done:
        kind.objects.create(restriction_type=kind.LOGIN, **{field: row})
        yield f"{entry}: for users who are logged in"


def connect() -> None:
    """Connect the receivers, those of `private_files` included."""
    for model, (restriction, _field) in RESTRICTIONS.items():
        name = model.__name__
        post_save.connect(record_private, sender=restriction, dispatch_uid=f"journal_private_{name}")
        pre_save.connect(record_changed, sender=restriction, dispatch_uid=f"journal_restriction_changed_{name}")
        through = restriction.groups.through
        m2m_changed.connect(record_group_removed, sender=through, dispatch_uid=f"journal_group_removed_{name}")
    post_page_move.connect(record_moved_page, dispatch_uid="journal_moved")
    collection_moved.connect(record_moved_collection, dispatch_uid="journal_collection_moved")
    private_files.connect()
