"""Files that are whole and on the disk before they have their names."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from core.backup.errors import BackupError
from core.journal.file import sync_folder

CHUNK = 1 << 20
PARTIAL = ".partial-"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raise OSError."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to be written, which gets its name when it is whole. For its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{PARTIAL}{secrets.token_hex(8)}")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep a second backup out. Raise BackupError where one is being made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"Another backup is being made or pruned in {folder}.") from None
        yield
