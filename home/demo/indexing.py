"""Indexing of the loaded objects for search and references, once for each."""

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.models import ReferenceIndex

from core.internals.modelsearch.indexing import insert_or_update_object, start_indexing, stop_indexing
from core.internals.wagtail_admin import disable_reference_index_auto_update
from core.typed import Translatable


@contextmanager
def indexed_afterwards() -> Iterator[list[Translatable]]:
    """Context manager: index the objects that the caller adds to the yielded list at the end, unless an error was
    raised, and nothing at each save, which took a third of the time. It disconnects signals of the whole process,
    so it is only for a command in a process of its own."""
    made: list[Translatable] = []
    stop_indexing()
    try:
        with disable_reference_index_auto_update():
            yield made
    finally:
        start_indexing()
    for instance in made:
        instance.refresh_from_db()
        insert_or_update_object(instance)
        ReferenceIndex.create_or_update_for_object(instance)
