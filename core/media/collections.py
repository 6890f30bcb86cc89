"""Tells of a collection that is moved, for which Wagtail has no signal: its files may be private from then on."""

from django.db import transaction
from django.dispatch import Signal
from wagtail.models import Collection

collection_moved = Signal()
"""Sent in the transaction of the move, with `instance`, as it is stored now, and `was_private`."""

_move = Collection.move


def is_private(collection: Collection) -> bool:
    return collection.get_view_restrictions().exists()


@transaction.atomic
def move(self: Collection, target: Collection, pos: str | None = None) -> None:
    was_private = is_private(self)
    _move(self, target, pos)
    instance = Collection.objects.get(pk=self.pk)
    collection_moved.send(sender=Collection, instance=instance, was_private=was_private)


def connect() -> None:
    """Put `move` in the place of treebeard's method."""
    Collection.move = move
