"""The file of stamps, which all processes of a machine share: for each tag, when it was last stamped.

A stamp is a number that grows with each stamping: microseconds since 1970, or one more than the last. The file has
a header and two arrays of numbers, one for all changes and one for removals only. A tag's place is given by a
digest; two tags in one place are stamped together. Reading needs no lock: numbers are aligned, and the header is
written last.
"""

import fcntl
import logging
import mmap
import os
import struct
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from core.stamps.tags import ANYTHING, EVERYTHING

logger = logging.getLogger(__name__)

PLACES = 1 << 20
_MAGIC = b"stamps-1"
_LAST, _FOLLOWED, _HEADER = len(_MAGIC), len(_MAGIC) + 8, len(_MAGIC) + 16
_NUMBER = struct.Struct("<Q")
_SIZE = _HEADER + 2 * 8 * PLACES
PENDING = 90 * 1_000_000
"""Microseconds for which a removal that is not committed yet keeps pages from being shown: longer than the
interval at which interrupted work is repeated."""
_CHECKED = 1.0
"""Seconds between two checks whether the file was replaced."""


@dataclass(frozen=True)
class Stamp:
    """The stamping of a tag with a number; see `StampFile.stamp`."""

    tag: str
    number: int
    removal: bool = False
    pending: bool = False


def places_of(tags: Iterable[str]) -> list[int]:
    """Return the places of tags in the arrays, each once."""
    return sorted({int.from_bytes(blake2b(tag.encode(), digest_size=4).digest()) % PLACES for tag in tags})


class StampFile:
    """The stamps in the file at `path`, which is created if it is missing. Raise OSError if that is not
    possible."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open()

    @property
    def last(self) -> int:
        """The number of the newest stamp."""
        if time.monotonic() > self._check_at:
            self._check()
        return _NUMBER.unpack_from(self._map, _LAST)[0]

    @property
    def followed_at(self) -> float:
        """When the file was last brought up to date from elsewhere, in seconds since 1970; 0 for never."""
        return _NUMBER.unpack_from(self._map, _FOLLOWED)[0] / 1_000_000

    def newest(self, places: Iterable[int], removals: bool = False) -> int:
        """Return the newest stamp of these places; with `removals`, of the removals among them. It may be in the
        future: while a removal is not committed."""
        base = _HEADER + (8 * PLACES if removals else 0)
        return max((_NUMBER.unpack_from(self._map, base + 8 * place)[0] for place in places), default=0)

    def stamp(self, tags: Collection[str], removal: bool = False, pending: bool = False) -> int:
        """Stamp these tags, and return the stamp. `removal`: what was made of them before must never be shown
        again. `pending`: it is not committed yet; until it is stamped again, or PENDING has passed, nothing made
        of them is stored. Raise OSError if the file cannot be written."""
        with self._locked() as descriptor:
            number = max(_read(descriptor, _LAST) + 1, time.time_ns() // 1000)
            _write(descriptor, [Stamp(tag, number, removal, pending) for tag in tags], number)
        return number

    def apply(self, stamps: Collection[Stamp], last: int) -> None:
        """Write stamps that were made elsewhere, the last of which is `last`, and that the file is up to date.
        Raise OSError if it cannot be written."""
        with self._locked() as descriptor:
            if stamps or _read(descriptor, _LAST) != last:
                _write(descriptor, stamps, last)
            os.pwrite(descriptor, _NUMBER.pack(time.time_ns() // 1000), _FOLLOWED)

    def _open(self) -> None:
        self._check_at = time.monotonic() + _CHECKED
        if not self.path.exists() or self.path.stat().st_size != _SIZE:
            self._create()
        with self.path.open("rb") as file:
            self._inode = os.fstat(file.fileno()).st_ino
            self._map = mmap.mmap(file.fileno(), _SIZE, access=mmap.ACCESS_READ)

    def _check(self) -> None:
        """Open the file again if it was replaced or deleted."""
        self._check_at = time.monotonic() + _CHECKED
        try:
            is_same = self.path.stat().st_ino == self._inode
        except FileNotFoundError:
            is_same = False
        if not is_same:
            self._open()

    def _create(self) -> None:
        """Create the file whole, with everything stamped now; of several processes the first one wins."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        now = _NUMBER.pack(time.time_ns() // 1000)
        with tempfile.NamedTemporaryFile(dir=self.path.parent, prefix=f".{self.path.name}-") as file:
            # Reserved now, so that a full disk does not stop a stamp later.
            os.posix_fallocate(file.fileno(), 0, _SIZE)
            os.pwrite(file.fileno(), _MAGIC + now, 0)
            for base in (_HEADER, _HEADER + 8 * PLACES):
                os.pwrite(file.fileno(), now, base + 8 * places_of([EVERYTHING])[0])
            if self.path.exists():
                self.path.unlink()
            with suppress(FileExistsError):
                os.link(file.name, self.path)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """Open the file for writing, locked against other writers; create it if it is missing."""
        if not self.path.exists():
            self._create()
        descriptor = os.open(self.path, os.O_RDWR)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)


def _read(descriptor: int, place: int) -> int:
    return _NUMBER.unpack(os.pread(descriptor, _NUMBER.size, place))[0]


def _write(descriptor: int, stamps: Collection[Stamp], last: int) -> None:
    """Write stamps, and then the number of the last one: who reads it finds the stamps."""
    for stamp in stamps:
        written = _NUMBER.pack(stamp.number + PENDING if stamp.pending else stamp.number)
        for place in places_of([stamp.tag, ANYTHING]):
            os.pwrite(descriptor, written, _HEADER + 8 * place)
            if stamp.removal:
                os.pwrite(descriptor, written, _HEADER + 8 * PLACES + 8 * place)
    os.pwrite(descriptor, _NUMBER.pack(last), _LAST)
