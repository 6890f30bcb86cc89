"""Positions of samples in films that are written in fragments (ISO/IEC 14496-12, 8.8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from core.metadata.boxes import Box, child, children, numbers
from core.metadata.film_tables import entries

# Flags of the header of a fragment (tfhd): which fields follow, in this order, and where offsets start.
_BASE, _DESCRIPTION, _DURATION, _SIZE, _FROM_FRAGMENT = 0x1, 0x2, 0x8, 0x10, 0x20000
# Flags of a run of samples (trun): which fields follow, and which ones exist for each sample.
_OFFSET, _FIRST_FLAGS, _DURATIONS, _SIZES, _EACH = 0x1, 0x4, 0x100, 0x200, 0xF00


@dataclass(frozen=True)
class Fragment:
    """Part of a `moof` box for one track (`traf`). Offsets of its runs start at `base`."""

    box: Box
    track: int
    base: int
    size: int
    """Size in bytes of samples without a size of their own."""


def default_sizes(file: BinaryIO, moov: Box) -> dict[int, Box]:
    """Return the `trex` boxes of a film by track number: the defaults of fragments."""
    extends = [box for parent in children(file, moov, b"mvex") for box in children(file, parent, b"trex")]
    return {numbers(file, box.body + 4, box.end, "L")[0]: box for box in extends}


def fragments(file: BinaryIO, moof: Box, defaults: dict[int, Box]) -> Iterator[Fragment]:
    """Yield the fragments of a `moof` box, one for each track; `defaults` are the `trex` boxes by track number.

    Raise ValueError if a track has no default, or if the offsets of a fragment start at the end of another track's
    samples, which may be removed.
    """
    for number, box in enumerate(children(file, moof, b"traf")):
        header = child(file, box, b"tfhd")
        flags, track = numbers(file, header.body, header.end, "LL")
        place, base = header.body + 8, moof.start
        if flags & _BASE:
            (base,) = numbers(file, place, header.end, "Q")
            place += 8
        elif number and not flags & _FROM_FRAGMENT:
            raise ValueError(f"no base at {box.start}")
        if track not in defaults:
            raise ValueError(f"no track of the number {track}")
        place += 4 * bool(flags & _DESCRIPTION) + 4 * bool(flags & _DURATION)
        end, default = header.end, defaults[track]
        if not flags & _SIZE:
            place, end = default.body + 16, default.end
        yield Fragment(box, track, base, numbers(file, place, end, "L")[0])


def runs(file: BinaryIO, fragment: Fragment) -> Iterator[tuple[int, int]]:
    """Yield start and end, in the file, of each run of samples of a fragment. Raise ValueError if the table of a
    run is cut off."""
    end = fragment.base
    for box in children(file, fragment.box, b"trun"):
        flags, count = numbers(file, box.body, box.end, "LL")
        place, start = box.body + 8, end
        if flags & _OFFSET:
            start = fragment.base + numbers(file, place, box.end, "l")[0]
            place += 4
        place += 4 * bool(flags & _FIRST_FLAGS)
        length = count * fragment.size
        if fields := (flags & _EACH).bit_count():
            table = entries(file, place, box.end, "I", count * fields)
            if flags & _SIZES:
                length = sum(table[bool(flags & _DURATIONS) :: fields])
        end = start + length
        yield start, end
