"""Removal of a replaced file: its renditions at once, its bytes by recorded work."""

from typing import TYPE_CHECKING, Any

from django.db.models.fields.files import FieldFile

from core.trash.removal import REMOVE_FILES
from core.work import record

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument
    from wagtail.images.models import AbstractImage


def note_replaced(file: FieldFile) -> None:
    """Note the stored name of the file on its object, in `replaced_files`, until the object is saved (one query);
    nothing for a new object."""
    instance = file.instance
    if instance.pk:
        stored = type(instance)._base_manager.filter(pk=instance.pk).values_list(file.field.name, flat=True)
        vars(instance)["replaced_files"] = {*getattr(instance, "replaced_files", ()), *stored}


def forget_replaced(instance: "AbstractImage | AbstractDocument", raw: bool = False, **kwargs: Any) -> None:
    """Receiver: after a file was replaced, delete all renditions of the image and record the removal of the old
    file. Fixtures are left as they are."""
    replaced = instance.__dict__.pop("replaced_files", set()) - {instance.file.name, ""}
    if raw or not replaced:
        return
    if hasattr(instance, "renditions"):
        instance.__dict__.pop("prefetched_renditions", None)
        instance.renditions.all().delete()
    record(REMOVE_FILES, replaced)
