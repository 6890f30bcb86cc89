"""Search and overwriting of boxes in MP4, QuickTime and JPEG 2000 files (ISO/IEC 14496-12, 4.2)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

_ZEROS = bytes(65536)
_MOST_CHILDREN = 1000


@dataclass(frozen=True)
class Box:
    """Position of a box in a file: the first byte of its header, the first byte of its body, and its end."""

    kind: bytes
    start: int
    body: int
    end: int


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two positions, but not their children. Raise ValueError if a box reaches beyond
    `end`."""
    while start + 8 <= end:
        file.seek(start)
        head = file.read(16)
        size, kind = int.from_bytes(head[:4], "big"), head[4:8]
        body = start + 8
        if size == 1:
            size, body = int.from_bytes(head[8:], "big"), start + 16
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            raise ValueError(f"cut off at {start}")
        yield Box(kind, start, body, start + size)
        start += size


def children(file: BinaryIO, parent: Box, kind: bytes, skipped: int = 0) -> list[Box]:
    """Return the boxes of one kind directly inside `parent`, ignoring the first `skipped` bytes of its body. Raise
    ValueError if `parent` has more than 1,000 boxes or one that is cut off."""
    inside = list(islice(boxes(file, parent.body + skipped, parent.end), _MOST_CHILDREN + 1))
    if len(inside) > _MOST_CHILDREN:
        raise ValueError(f"too many boxes at {parent.start}")
    return [box for box in inside if box.kind == kind]


def child(file: BinaryIO, parent: Box, *kinds: bytes) -> Box:
    """Return the only box of any of these kinds directly inside `parent`.

    Raise ValueError if there is none or more than one, and as `children`.
    """
    found = [box for kind in kinds for box in children(file, parent, kind)]
    if len(found) != 1:
        raise ValueError(f"{len(found)} times {kinds} at {parent.start}")
    return found[0]


def numbers(file: BinaryIO, start: int, end: int, layout: str) -> tuple[int, ...]:
    """Return the big-endian numbers at `start`; `layout` is a format of `struct`, without byte order.

    Raise ValueError if they reach beyond `end`.
    """
    length = struct.calcsize(f">{layout}")
    file.seek(start)
    content = file.read(length)
    if start + length > end or len(content) < length:
        raise ValueError(f"cut off at {start}")
    return struct.unpack(f">{layout}", content)


def free_box(file: BinaryIO, box: Box) -> None:
    """Turn the box into a box of free space of the same length, filled with zeros."""
    file.seek(box.start + 4)
    file.write(b"free")
    erase(file, box.body, box.end)


def erase(file: BinaryIO, start: int, end: int) -> None:
    """Write zeros from `start` up to `end`."""
    file.seek(start)
    while start < end:
        start += file.write(_ZEROS[: end - start])
