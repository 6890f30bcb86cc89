"""A file that another one has replaced goes away: sizes made of it at once, its bytes by recorded work."""

from typing import Any

from django.db.models.fields.files import FieldFile

from core.media.removal import REMOVE_FILES
from core.typed import Translatable
from core.work import record


def note_replaced(file: FieldFile) -> None:
    """Keep the stored name with the object until it is saved: `.file.save(save=False)` does not save it yet."""
    instance = file.instance
    if instance.pk:
        stored = type(instance)._base_manager.filter(pk=instance.pk).values_list(file.field.name, flat=True)
        instance.replaced_files = {*getattr(instance, "replaced_files", ()), *stored}


def forget_replaced(instance: Translatable, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: remove what the saved file has replaced."""
    replaced = instance.__dict__.pop("replaced_files", set()) - {instance.file.name, ""}
    if raw or not replaced:
        return
    if hasattr(instance, "renditions"):
        instance.__dict__.pop("prefetched_renditions", None)
        instance.renditions.all().delete()
    record(REMOVE_FILES, replaced)
