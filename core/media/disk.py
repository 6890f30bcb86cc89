"""Free space of the file systems that the site writes to."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Space:
    """The free space at a folder: `free` in bytes, and whether more files can be created (`files`)."""

    folder: Path
    free: int
    files: bool

    @property
    def is_low(self) -> bool:
        return not self.files or self.free < settings.DISK_LOW_MB * MEGABYTE


def spaces() -> list[Space]:
    """Return the free space of each file system that the site writes to, each once: for media, the helpline copy
    and an SQLite file. Space of database servers and buckets is not known here."""
    folders = [Path(settings.HELPLINE_COPY).parent]
    if isinstance(default_storage, FileSystemStorage):
        folders.insert(0, Path(default_storage.location))
    if connection.vendor == "sqlite" and "memory" not in str(connection.settings_dict["NAME"]):
        folders.append(Path(connection.settings_dict["NAME"]).parent)
    found: dict[int, Space] = {}
    for folder in map(existing, folders):
        known = os.statvfs(folder)
        # File systems that do not count files report zero files in all.
        files = known.f_favail > 0 or known.f_files == 0
        found.setdefault(folder.stat().st_dev, Space(folder, known.f_bavail * known.f_frsize, files))
    return list(found.values())


def existing(folder: Path) -> Path:
    """Return the folder or, if it does not exist yet, its nearest existing parent."""
    return next(path for path in (folder.resolve(), *folder.resolve().parents) if path.is_dir())
