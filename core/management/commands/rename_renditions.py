from pathlib import PurePath
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.db import transaction

from core import work
from core.internals.django import salted_hmac
from core.media.models import SiteRendition
from core.trash.removal import REMOVE_FILES

SALT = "core.rename_renditions"


class Command(BaseCommand):
    help = (
        "Renames stored sizes of images whose names contain the name of the uploaded file, so that nobody can "
        "guess them. Can be interrupted and run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        renamed = 0
        for key, name in SiteRendition.objects.order_by("pk").values_list("pk", "file").iterator():
            # New names have no dot except that of the extension.
            if len(PurePath(name).suffixes) > 1 and default_storage.exists(name):
                self._rename(key, name)
                renamed += 1
        self.stdout.write(f"Renamed {renamed} stored sizes of images.")

    def _rename(self, key: int, name: str) -> None:
        """Copy the file `name` of the rendition `key` to its new name, and record the removal of the old file. The
        new name is derived from the old one and SECRET_KEY, so that a repeated run after an interruption uses the
        same name and leaves no copy."""
        new = f"images/{salted_hmac(SALT, name).hexdigest()[:32]}{PurePath(name).suffix}"
        default_storage.delete(new)
        with default_storage.open(name) as file:
            default_storage.save(new, file)
        with transaction.atomic():
            rendition = SiteRendition.objects.select_for_update().filter(pk=key, file=name).first()
            if rendition is None:
                work.record(REMOVE_FILES, [new])
                return
            rendition.file.name = new
            rendition.save(update_fields=["file"])
            work.record(REMOVE_FILES, [name])
        rendition.purge_from_cache()
