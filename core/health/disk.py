"""Free space where the site writes."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Space:
    """What is free at a folder, in bytes; `files` says whether more files can be made there."""

    folder: Path
    free: int
    files: bool

    @property
    def is_low(self) -> bool:
        return not self.files or self.free < settings.DISK_LOW_MB * MEGABYTE


def spaces() -> list[Space]:
    """Return the free space of each file system that the site writes to: media, state, the file of SQLite. What a
    database server or a bucket has is theirs to say."""
    folders = [Path(settings.HELPLINE_COPY).parent]
    if isinstance(default_storage, FileSystemStorage):
        folders.insert(0, Path(default_storage.location))
    if connection.vendor == "sqlite" and "memory" not in str(connection.settings_dict["NAME"]):
        folders.append(Path(connection.settings_dict["NAME"]).parent)
    found: dict[int, Space] = {}
    for folder in map(existing, folders):
        known = os.statvfs(folder)
        # Some file systems do not count files: they say that they have none at all.
        files = known.f_favail > 0 or known.f_files == 0
        found.setdefault(folder.stat().st_dev, Space(folder, known.f_bavail * known.f_frsize, files))
    return list(found.values())


def existing(folder: Path) -> Path:
    """Return the folder, or the nearest above it that is there: it may be made by the first file."""
    return next(path for path in (folder.resolve(), *folder.resolve().parents) if path.is_dir())
