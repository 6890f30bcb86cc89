"""Field files that store the cleaned picture (its master) in place of the upload. All forms, choosers, APIs and
commands call `FieldFile.save`.

Cached renditions name the class of their image's file, so `MasterFile` keeps its name and module.
"""

from typing import BinaryIO

from django.db.models.fields.files import FieldFile

from core.internals.django import ImageFieldFile
from core.internals.wagtail_models import WagtailImageFieldFile
from core.metadata.pictures import Master, clean_picture, picture_size
from core.typed import AnyFile


def as_master(content: AnyFile | BinaryIO) -> Master:
    """Return the content if it is a master already, else the master that `clean_picture` makes of it. Raise
    PictureRefused if the picture is unreadable, damaged or too large."""
    return content if isinstance(content, Master) else clean_picture(content)


def note_replaced(file: FieldFile) -> None:
    """Note the stored name of the file on its object, in `replaced_files`, until the object is saved (one query);
    nothing for a new object."""
    instance = file.instance
    if instance.pk:
        stored = type(instance)._base_manager.filter(pk=instance.pk).values_list(file.field.name, flat=True)
        vars(instance)["replaced_files"] = {*getattr(instance, "replaced_files", ()), *stored}


class MasterFile(WagtailImageFieldFile):
    """File of an image."""

    def save(self, name: str, content: AnyFile, save: bool = True) -> None:
        """Clean and store the picture under a random name, and set size, hash and, if it has none, credit on the
        image.

        Raise PictureRefused, before anything is stored, if the picture is unreadable, damaged or too large.
        """
        master = as_master(content)
        image = self.instance
        note_replaced(self)
        image.file_size, image.file_hash = master.size, master.digest
        image.credit = image.credit or master.credit
        super().save(master.name, master, save)

    def get_image_dimensions(self) -> tuple[int | None, int | None]:
        """Return width and height from the header, or (None, None) if there is no valid header; saving then
        reports the error. Raise FileNotFoundError if the file is missing."""
        was_closed = self.closed
        self.open()
        try:
            return picture_size(self.file)
        finally:
            if was_closed:
                self.close()


class AvatarFile(ImageFieldFile):
    """File of a user's profile picture."""

    def save(self, name: str, content: AnyFile, save: bool = True) -> None:
        """Clean and store the picture under a random name. Raise PictureRefused if it is unreadable, damaged or
        too large."""
        master = as_master(content)
        super().save(master.name, master, save)
