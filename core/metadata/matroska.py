"""Removal of programs, times and people from WebM and Matroska films (RFC 9559), by overwriting them in place."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_SEGMENT, _INFO, _CLUSTER, _TRACKS, _TRACK = 0x18538067, 0x1549A966, 0x1F43B675, 0x1654AE6B, 0xAE
_TAGS, _ATTACHMENTS, _CHECKSUM = 0x1254C367, 0x1941A469, 0xBF
_INSIDE = {_SEGMENT, _INFO, _CLUSTER, _TRACKS, _TRACK}
# Tags, title, date, names of this file, the previous and the next one, name of a track.
_EMPTIED = {_TAGS, 0x7BA9, 0x4461, 0x7384, 0x3C83AB, 0x3E83BB, 0x536E}
# Names of the muxing and writing programs: required elements, so only their content is erased.
_BLANKED = {0x4D80, 0x5741}
_VOID = 0xEC
_EBML = 0x1A45DFA3
_CUES, _CHAPTERS, _SEEK_HEAD = 0x1C53BB6B, 0x1043A770, 0x114D9B74
# Elements of a file, its segment and its clusters that are kept; all others are emptied.
_KEPT = {_EBML, _SEGMENT, _INFO, _CLUSTER, _TRACKS, _TRACK, _ATTACHMENTS, _CUES, _CHAPTERS, _SEEK_HEAD}
_IN_CLUSTER = {0xE7, 0xA7, 0xAB, 0xA3, 0xA0, 0xAF, 0x5854}
_ZEROS = bytes(65536)


@dataclass(frozen=True)
class Element:
    """Position of an EBML element: its ID, the first byte of header and of body, and its end."""

    kind: int
    start: int
    body: int
    end: int
    is_open: bool
    """Whether the length is unknown: the element ends with its parent or before the next one of its level."""


def clean_matroska(source: BinaryIO, target: BinaryIO) -> set[str]:
    """Write the film without personal metadata, and return "attachments", in a set, if it has any, as these are
    not removed. Raise ValueError if the film cannot be read; `target` is then not clean."""
    size = source.seek(0, 2)
    source.seek(0)
    shutil.copyfileobj(source, target)
    found, inner_end = set(), 0
    for element in elements(target, 0, size):
        found.add(element.kind)
        # Inside of Info and Tracks, players need more elements than are listed here.
        is_inner, inner_end = element.start < inner_end, max(inner_end, _end_of_inner(element))
        is_strange = not is_inner and element.kind not in _KEPT | _IN_CLUSTER
        if element.kind in _EMPTIED or element.kind in (_CHECKSUM, _VOID) or is_strange:
            _empty(target, element)
        elif element.kind in _BLANKED:
            _erase(target, element.body, element.end)
    if _SEGMENT not in found:
        raise ValueError("no film")
    return {"attachments"} if _ATTACHMENTS in found else set()


def _end_of_inner(element: Element) -> int:
    """Return the end of an Info or Tracks element, within which unknown elements are kept, or 0 for others."""
    return element.end if element.kind in (_INFO, _TRACKS) else 0


def elements(file: BinaryIO, start: int, end: int) -> Iterator[Element]:
    """Yield the elements between two positions, each before its children; only the children of a segment, its
    information, clusters and tracks are read.

    Raise ValueError if one reaches beyond `end` or cannot be read.
    """
    while start < end:
        element = _read(file, start, end)
        yield element
        start = element.body if element.kind in _INSIDE or element.is_open else element.end


def _read(file: BinaryIO, start: int, end: int) -> Element:
    """Return the element at `start`. Raise ValueError if there is none, if it reaches beyond `end`, or if its
    length is unknown and it is no segment or cluster."""
    file.seek(start)
    head = file.read(12)
    id_length = _length(head[0])
    if id_length > 4 or len(head) < id_length + 1:
        raise ValueError(f"no element at {start}")
    size_length = _length(head[id_length])
    body = start + id_length + size_length
    raw = head[id_length : id_length + size_length]
    if size_length > 8 or len(raw) < size_length:
        raise ValueError(f"no length at {start}")
    mask = (1 << 7 * size_length) - 1
    size = int.from_bytes(raw, "big") & mask
    is_open = size == mask
    kind = int.from_bytes(head[:id_length], "big")
    if is_open and kind not in (_SEGMENT, _CLUSTER):
        raise ValueError(f"unknown length at {start}")
    if not is_open and body + size > end:
        raise ValueError(f"cut off at {start}")
    return Element(kind, start, body, end if is_open else body + size, is_open)


def _length(first: int) -> int:
    """Return the length in bytes of a variable-length number, from its first byte (RFC 8794, section 4)."""
    return 9 - first.bit_length()


def _empty(file: BinaryIO, element: Element) -> None:
    """Turn the element into a Void element of the same length, filled with zeros."""
    size_length = min(8, element.body - element.start - 1)
    size = element.end - element.start - 1 - size_length
    file.seek(element.start)
    file.write(bytes([_VOID]) + (1 << 7 * size_length | size).to_bytes(size_length, "big"))
    _erase(file, element.start + 1 + size_length, element.end)


def _erase(file: BinaryIO, start: int, end: int) -> None:
    file.seek(start)
    while start < end:
        start += file.write(_ZEROS[: end - start])
