"""What is indexed, and when."""

from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models, insert_or_update_object
from modelsearch.signal_handlers import post_save_signal_handler, register_signal_handlers

__all__ = [
    "get_indexed_models",  # to rebuild the index with a progress bar, and without the readers' entries
    "insert_or_update_object",  # to index a loaded object once, after all its saves
    "start_indexing",
    "stop_indexing",
]


def stop_indexing() -> None:
    """Disconnect the receivers that index each saved object, in the whole process. With the setting AUTO_UPDATE
    `insert_or_update_object` would index nothing either."""
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)


def start_indexing() -> None:
    """Connect the receivers again that index each saved object."""
    register_signal_handlers()
