"""Signal for a moved collection, which Wagtail does not have. The move may make its files private or public."""

from django.db import transaction
from django.dispatch import Signal
from wagtail.models import Collection

collection_moved = Signal()
"""Signal sent in the transaction of the move, with `instance` (the moved collection) and `was_private`."""

_move = Collection.move


def is_private(collection: Collection) -> bool:
    """Return whether the collection or one of its ancestors has a view restriction."""
    return collection.get_view_restrictions().exists()


@transaction.atomic
def move(self: Collection, target: Collection, pos: str | None = None) -> None:
    """Move a collection as treebeard does, and send `collection_moved`; both are undone if a receiver raises an
    error."""
    was_private = is_private(self)
    _move(self, target, pos)
    instance = Collection.objects.get(pk=self.pk)
    collection_moved.send(sender=Collection, instance=instance, was_private=was_private)


def connect() -> None:
    """Replace treebeard's method `Collection.move` with `move`."""
    Collection.move = move
