"""Removal of metadata from WAV files: only the chunks with the sound, its format and its markers are kept."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from core.metadata.ranges import copy_range

_KEPT = {b"fmt ", b"fact", b"data", b"cue ", b"smpl"}
_UNKNOWN_LENGTH = 0xFFFFFFFF


def is_wave(start: bytes) -> bool:
    """Return whether a file that begins with these bytes is WAV."""
    return start[:4] == b"RIFF" and start[8:12] == b"WAVE"


def clean_wave(source: BinaryIO, target: BinaryIO) -> set[str]:
    """Write the sound without metadata, and return an empty set, as nothing is left.

    Raise ValueError if the file is cut off or has no sound.
    """
    found = set()
    target.write(b"RIFF\0\0\0\0WAVE")
    for kind, start, length in _chunks(source):
        found.add(kind)
        if kind in _KEPT:
            target.write(struct.pack("<4sL", kind, length))
            copy_range(source, target, start, start + length)
            target.write(bytes(length % 2))
    if not found >= {b"fmt ", b"data"}:
        raise ValueError("no sound")
    size = target.tell()
    target.seek(4)
    target.write(struct.pack("<L", size - 8))
    return set()


def _chunks(source: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start and length of each chunk. Sound written while recording may have no length: it ends with
    the file. Raise ValueError if a chunk is cut off."""
    end = source.seek(0, 2)
    source.seek(4)
    size = struct.unpack("<L", source.read(4))[0]
    if 4 < size < end - 8:
        end = size + 8
    place = 12
    while place + 8 <= end:
        source.seek(place)
        kind, length = struct.unpack("<4sL", source.read(8))
        place += 8
        if kind == b"data" and length == _UNKNOWN_LENGTH:
            length = end - place
        if place + length > end:
            raise ValueError(f"cut off at {place}")
        yield kind, place, length
        place += length + length % 2
