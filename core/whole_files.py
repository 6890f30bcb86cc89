"""Atomic writing of files: a file gets its name only when it is complete and on the disk."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PARTIAL = ".partial-"


@contextmanager
def whole_file(path: Path, for_all: bool = False) -> Iterator[BinaryIO]:
    """Yield a file to write, which gets the name `path` at the end of the context if no error occurs; otherwise
    what was there stays. File and missing folders are readable only for their owner; with `for_all` for everybody.
    Raise OSError if writing fails."""
    path.parent.mkdir(mode=0o755 if for_all else 0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{PARTIAL}{secrets.token_hex(8)}")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            if for_all:
                os.fchmod(file.fileno(), 0o644)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Flush the content of a file, or the entries of a folder, to the disk. Raise OSError if that fails."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
