"""Where uploaded files are stored: on this machine, or in a bucket (`core.media.bucket`)."""

import errno
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext as _

from core.health.disk import existing

MEGABYTE = 1024 * 1024


class StorageAway(OSError):
    """The bucket does not answer or refuses, or the folder on this machine cannot be used."""


def is_storage_away(error: BaseException | None) -> bool:
    """Return whether the error, or one that it was raised from, is a StorageAway."""
    while error is not None and not isinstance(error, StorageAway):
        error = error.__cause__
    return error is not None


def storage_away_message() -> str:
    return _("The storage for files does not answer. Nothing was stored. Try again in a few minutes.")


class ReservingStorage(FileSystemStorage):
    """Django's storage in a folder, which refuses a file where it would leave less than DISK_RESERVE_MB: texts can
    still be saved when there is no room for pictures any more, and no half of a file is left behind."""

    def ask(self) -> None:
        """Raise StorageAway where the folder cannot be read and written. One that is missing will be made."""
        folder = existing(Path(self.location))
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise StorageAway(f"{folder} cannot be read and written")

    def state(self, name: str) -> tuple[datetime, int]:
        """Return when a file was stored, and its size. Raise FileNotFoundError."""
        return self.get_modified_time(name), self.size(name)

    def part(self, name: str, start: int, length: int) -> File:
        """Return the file opened at `start`; a bucket returns `length` bytes alone. Raise FileNotFoundError."""
        file = self.open(name)
        file.seek(start)
        return file

    def _save(self, name: str, content: File) -> str:
        """Raise OSError (ENOSPC) where there is no room for it."""
        Path(self.location).mkdir(parents=True, exist_ok=True)
        known = os.statvfs(self.location)
        if known.f_bavail * known.f_frsize - content.size < settings.DISK_RESERVE_MB * MEGABYTE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super()._save(name, content)


def stored_names(folder: str = "") -> Iterator[str]:
    """Yield the names of all files in the media storage, wherever that is."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from stored_names(f"{prefix}{name}")
