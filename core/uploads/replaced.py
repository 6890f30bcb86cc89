"""Removal of a replaced file: its renditions at once, its bytes by recorded work."""

from typing import TYPE_CHECKING, Any

from core.media.renditions import PICTURES
from core.trash.removal import REMOVE_FILES
from core.work import record

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument
    from wagtail.images.models import AbstractImage


def forget_replaced(instance: "AbstractImage | AbstractDocument", raw: bool = False, **kwargs: Any) -> None:
    """Receiver: after a file was replaced, delete all renditions of the image and record the removal of the old
    file. Fixtures are left as they are."""
    replaced = instance.__dict__.pop("replaced_files", set()) - {instance.file.name, ""}
    if raw or not replaced:
        return
    if hasattr(instance, "renditions"):
        instance.__dict__.pop("prefetched_renditions", None)
        instance.__dict__.pop(PICTURES, None)
        instance.renditions.all().delete()
    record(REMOVE_FILES, replaced)
