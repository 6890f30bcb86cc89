"""Field files that store the cleaned picture (its master) in place of the upload. All forms, choosers, APIs and
commands call `FieldFile.save`."""

from typing import BinaryIO

from django.db.models.fields.files import ImageFieldFile
from wagtail.images.models import WagtailImageFieldFile

from core.metadata.pictures import Master, clean_picture, picture_size
from core.metadata.replaced import note_replaced
from core.typed import AnyFile


def as_master(content: AnyFile | BinaryIO) -> Master:
    """Return the content if it is a master already, else clean it. Raise PictureRefused if it cannot be read."""
    return content if isinstance(content, Master) else clean_picture(content)


class MasterFile(WagtailImageFieldFile):
    """File of an image."""

    def save(self, name: str, content: AnyFile, save: bool = True) -> None:
        """Clean and store the picture, and set size, hash and a missing credit on the image.

        Raise PictureRefused, before anything is stored, if the picture cannot be stored.
        """
        master = as_master(content)
        image = self.instance
        note_replaced(self)
        image.file_size, image.file_hash = master.size, master.digest
        image.credit = image.credit or master.credit
        super().save(master.name, master, save)

    def get_image_dimensions(self) -> tuple[int | None, int | None]:
        """Return width and height, or (None, None) if the file cannot be read: saving then reports the error."""
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
        """Clean and store the picture. Raise PictureRefused if it cannot be read."""
        master = as_master(content)
        super().save(master.name, master, save)
