"""Every way to store a picture ends in `FieldFile.save`: forms, the upload of several, choosers, APIs, commands
and code. There the master takes the place of what was uploaded."""

from typing import BinaryIO

from django.core.files.base import File
from django.db.models.fields.files import ImageFieldFile
from wagtail.images.models import WagtailImageFieldFile

from core.metadata.pictures import Master, clean_picture, picture_size
from core.metadata.replaced import note_replaced


def as_master(content: BinaryIO) -> Master:
    return content if isinstance(content, Master) else clean_picture(content)


class MasterFile(WagtailImageFieldFile):
    """The file of an image. Raises PictureRefused on saving, before anything is stored."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        master = as_master(content)
        image = self.instance
        note_replaced(self)
        image.file_size, image.file_hash = master.size, master.digest
        image.credit = image.credit or master.credit
        super().save(master.name, master, save)

    def get_image_dimensions(self) -> tuple[int | None, int | None]:
        """Of a file that cannot be read None: saving says what is wrong with it."""
        was_closed = self.closed
        self.open()
        try:
            return picture_size(self.file)
        finally:
            if was_closed:
                self.close()


class AvatarFile(ImageFieldFile):
    """The picture of somebody who works here."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        master = as_master(content)
        super().save(master.name, master, save)
