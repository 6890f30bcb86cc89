"""Positions of samples in a film, from the tables of a track (ISO/IEC 14496-12, 8.7). Every count is checked
against the number of bytes that exist."""

import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, repeat
from typing import BinaryIO

from core.metadata.boxes import Box, child, numbers

_NIBBLES = bytes.maketrans(b"0123456789abcdef", bytes(range(16)))


def chunks(file: BinaryIO, table: Box) -> Iterator[tuple[int, int]]:
    """Yield start and end, in the file, of each chunk of samples that an `stbl` box describes.

    Raise ValueError if a table is damaged or a sample has no position.
    """
    total, length_of = _sizes(file, child(file, table, b"stsz", b"stz2"))
    offsets = _offsets(file, child(file, table, b"stco", b"co64"))
    sample = 0
    for offset, count in zip(offsets, _counts(file, child(file, table, b"stsc"), len(offsets)), strict=True):
        following = min(sample + count, total)
        yield offset, offset + length_of(sample, following)
        sample = following
    if sample < total:
        raise ValueError("samples without a place")


def entries(file: BinaryIO, start: int, end: int, code: str, count: int) -> "array[int]":
    """Return `count` big-endian numbers between `start` and `end`; `code` is a type code of `array`. Raise
    ValueError if there are fewer."""
    found = array(code)
    if start + count * found.itemsize > end:
        raise ValueError(f"cut off at {start}")
    file.seek(start)
    found.frombytes(file.read(count * found.itemsize))
    if sys.byteorder == "little":
        found.byteswap()
    return found


def _sizes(file: BinaryIO, box: Box) -> tuple[int, Callable[[int, int], int]]:
    """Return the number of samples, and a function that takes the numbers of two samples, `first` and `last`, and
    returns the length in bytes from the one up to the other. Raise ValueError if the box is damaged."""
    size, count = numbers(file, box.body + 4, box.end, "LL")
    sizes: Sequence[int]
    if box.kind == b"stsz" and size:
        return count, lambda first, last: (last - first) * size
    if box.kind == b"stsz":
        sizes = entries(file, box.body + 12, box.end, "I", count)
    elif size == 4:
        packed = entries(file, box.body + 12, box.end, "B", (count + 1) // 2)
        sizes = packed.tobytes().hex().encode().translate(_NIBBLES)
    elif size in (8, 16):
        sizes = entries(file, box.body + 12, box.end, "B" if size == 8 else "H", count)
    else:
        raise ValueError(f"sizes of {size} bits")
    return count, lambda first, last: sum(sizes[first:last])


def _offsets(file: BinaryIO, box: Box) -> "array[int]":
    (count,) = numbers(file, box.body + 4, box.end, "L")
    return entries(file, box.body + 8, box.end, "I" if box.kind == b"stco" else "Q", count)


def _counts(file: BinaryIO, box: Box, length: int) -> Iterator[int]:
    """Yield the number of samples in each of `length` chunks. Raise ValueError if the table is cut off or out of
    order.

    An entry of the table applies to all chunks from its first one up to the first one of the next entry.
    """
    (count,) = numbers(file, box.body + 4, box.end, "L")
    table = entries(file, box.body + 8, box.end, "I", 3 * count)
    firsts = [*table[0::3], length + 1]
    is_whole = firsts[0] == 1 and all(first < following for first, following in pairwise(firsts[:-1]))
    if not is_whole:
        raise ValueError("chunks out of order")
    for samples, (first, following) in zip(table[1::3], pairwise(firsts), strict=True):
        yield from repeat(samples, min(following, length + 1) - first)
