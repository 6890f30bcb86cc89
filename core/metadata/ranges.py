"""Ranges of bytes in a file."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import BinaryIO

_BLOCK = 65536


class Ranges:
    """Sorted ranges of bytes, each from a start up to an end. Ranges that touch or overlap are merged."""

    def __init__(self, ranges: Iterable[tuple[int, int]]):
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            elif start < end:
                self._starts.append(start)
                self._ends.append(end)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._starts, self._ends, strict=True)

    def hold(self, start: int, end: int) -> bool:
        """Return whether one of the ranges includes all bytes from `start` up to `end`."""
        number = bisect_right(self._starts, start) - 1
        return number >= 0 and end <= self._ends[number]

    def touch(self, start: int, end: int) -> bool:
        """Return whether one of the ranges includes any byte from `start` up to `end`."""
        number = bisect_left(self._starts, end) - 1
        return number >= 0 and start < self._ends[number]


def copy_range(source: BinaryIO, target: BinaryIO, start: int, end: int) -> None:
    """Copy the bytes of `source` from `start` up to `end`, or up to its end, to the current position of
    `target`."""
    source.seek(start)
    left = end - start
    while left > 0:
        block = source.read(min(left, _BLOCK))
        if not block:
            return
        target.write(block)
        left -= len(block)
