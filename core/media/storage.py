"""Storage of uploaded files in a local folder, and what it has in common with a bucket (`core.media.bucket`)."""

import errno
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.utils.translation import gettext as _

from core.media.disk import existing
from core.typed import AnyFile

MEGABYTE = 1024 * 1024
SHARE_PICTURES = "share"
"""Folder of the share pictures of pages (`core.seo.pictures`), whose files no row names."""


class StorageAway(OSError):
    """Error of a bucket that does not answer or refuses, or of a local folder that cannot be used."""


def is_storage_away(error: BaseException | None) -> bool:
    """Return whether the error, or one in its chain of causes, is a StorageAway."""
    while error is not None and not isinstance(error, StorageAway):
        error = error.__cause__
    return error is not None


def storage_away_message() -> str:
    """Return the message for users whose upload could not be stored."""
    return _("The file storage is not responding. Nothing was saved. Try again in a few minutes.")


class MediaStorage(Protocol):
    """Methods that both storages of uploaded files have beside those of Django's `Storage`."""

    def ask(self) -> None:
        """Raise StorageAway if the storage cannot be used."""

    def state(self, name: str) -> tuple[datetime, int]:
        """Return when a file was stored, and its size in bytes. Raise FileNotFoundError if it is missing, or
        StorageAway."""

    def part(self, name: str, start: int, length: int) -> AnyFile | BinaryIO:
        """Return a stream of the file `name` from byte `start`, of at least `length` bytes if the file has them.
        Raise FileNotFoundError or StorageAway."""


def media_storage(storage: Storage) -> MediaStorage:
    """Return `storage` unchanged, typed as the storage of uploaded files, which is one of the two of this
    package."""
    return cast("MediaStorage", storage)


class ReservingStorage(FileSystemStorage):
    """Storage in a folder that refuses a file if it would leave less than DISK_RESERVE_MB of free space.

    So texts can still be saved when there is no space for images, and no incomplete file is left behind.
    """

    def ask(self) -> None:
        """Raise StorageAway if the folder cannot be read and written.

        A missing folder is allowed, as it will be created.
        """
        folder = existing(Path(self.location))
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise StorageAway(f"{folder} cannot be read and written")

    def state(self, name: str) -> tuple[datetime, int]:
        """Return when a file was stored, and its size in bytes. Raise FileNotFoundError."""
        return self.get_modified_time(name), self.size(name)

    def part(self, name: str, start: int, length: int) -> AnyFile:
        """Return the file opened at byte `start`. The stream of a bucket ends after `length` bytes, this file does
        not. Raise FileNotFoundError."""
        file = self.open(name)
        file.seek(start)
        return file

    def _save(self, name: str, content: AnyFile) -> str:
        """Store the file and return its name. Raise OSError (ENOSPC) if less than DISK_RESERVE_MB would be
        left."""
        Path(self.location).mkdir(parents=True, exist_ok=True)
        known = os.statvfs(self.location)
        if known.f_bavail * known.f_frsize - content.size < settings.DISK_RESERVE_MB * MEGABYTE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super()._save(name, content)  # type: ignore[misc]  # not in the stubs


def stored_names(folder: str = "") -> Iterator[str]:
    """Yield the names of all files in the media storage, or of those below `folder`; none if the folder is
    missing."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from stored_names(f"{prefix}{name}")
