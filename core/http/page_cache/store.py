"""The store of the page cache: a memory in each process before files that all processes of a machine share."""

import fcntl
import hashlib
import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.http.page_cache.responses import Entry
from core.whole_files import PARTIAL

logger = logging.getLogger(__name__)

MB = 1024**2
LOCKS = 512
PATIENCE = 10.0
"""Longest time in seconds for which a request waits for another one that renders the same page."""
_PAUSE = 0.005
_EVERY = 500
"""After how many stored entries of a process the size of the folder is checked."""
_KEPT = 0.8
"""The part of the allowed size that is kept when too much is stored."""


class Store:
    """Entries by key, in the folder `path`. `release` is a part of each key. At most `memory` bytes are kept in
    this process and `disk` bytes in the folder; what was not used for longest goes first."""

    def __init__(self, path: Path, release: str, memory: int = 32 * MB, disk: int = 500 * MB) -> None:
        self.path = path
        self.release = release
        self.memory, self.disk = memory, disk
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._bytes = 0
        self._stored = 0
        self._lock = threading.Lock()
        (path / "locks").mkdir(mode=0o700, parents=True, exist_ok=True)

    def remembered(self, key: str) -> Entry | None:
        """Return the entry from the memory of this process, or None."""
        with self._lock:
            if (entry := self._entries.get(key)) is not None:
                self._entries.move_to_end(key)
            return entry

    def read(self, key: str) -> Entry | None:
        """Return the entry from its file, and remember it; None if there is none or it cannot be read."""
        try:
            entry = Entry.unpacked(self._file(key).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("A stored page cannot be read: %s", error)
            return None
        self._remember(key, entry)
        return entry

    def save(self, key: str, entry: Entry) -> None:
        """Remember an entry and write its file; if that fails, as on a full disk, the other processes do
        without."""
        self._remember(key, entry)
        path = self._file(key)
        unfinished = path.with_name(f"{PARTIAL}{os.getpid()}-{threading.get_ident()}")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Not flushed to the disk: what is cut off in a power cut is not read, and rendered again.
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(entry.packed())
            unfinished.replace(path)
        except OSError as error:
            logger.warning("A page cannot be stored: %s", error)
            unfinished.unlink(missing_ok=True)
            return
        self._stored += 1
        if self._stored % _EVERY == 0:
            self.shrink()

    @contextmanager
    def rendering(self, key: str, waits: bool) -> Iterator[bool]:
        """Lock the rendering of a key for all processes of the machine, and yield whether nobody else has rendered
        meanwhile. If somebody is rendering it, wait for them at most PATIENCE seconds, or, without `waits`, yield
        False at once."""
        number = int(self._digest(key)[:8], 16) % LOCKS
        try:
            descriptor = os.open(self.path / "locks" / str(number), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            # As on a full disk.
            logger.warning("A page is rendered without a lock: %s", error)
            yield True
            return
        try:
            is_first = _locked(descriptor)
            if not is_first and waits:
                end = time.monotonic() + PATIENCE
                while not _locked(descriptor) and time.monotonic() < end:
                    time.sleep(_PAUSE)
            yield is_first
        finally:
            os.close(descriptor)

    def shrink(self) -> None:
        """Delete the oldest files if the folder has more than `disk` bytes."""
        files = [(each.stat(), each) for each in self.path.glob("??/*") if each.is_file()]
        size = sum(stat.st_size for stat, _path in files)
        if size <= self.disk:
            return
        for stat, path in sorted(files, key=lambda each: each[0].st_mtime):
            path.unlink(missing_ok=True)
            size -= stat.st_size
            if size <= self.disk * _KEPT:
                return

    def _remember(self, key: str, entry: Entry) -> None:
        with self._lock:
            if (old := self._entries.pop(key, None)) is not None:
                self._bytes -= old.size
            self._entries[key] = entry
            self._bytes += entry.size
            while self._bytes > self.memory:
                _key, oldest = self._entries.popitem(last=False)
                self._bytes -= oldest.size

    def _file(self, key: str) -> Path:
        digest = self._digest(key)
        return self.path / digest[:2] / digest[2:]

    def _digest(self, key: str) -> str:
        return hashlib.sha256(f"{self.release}\n{key}".encode("utf-8", "surrogateescape")).hexdigest()


def _locked(descriptor: int) -> bool:
    """Lock a file if nobody else has, and return whether it was possible."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
