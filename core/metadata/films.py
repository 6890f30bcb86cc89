"""What a film tells of device, place, time and programs: MP4, M4A and MOV. It is overwritten where it stands, for
whatever is moved in such a file makes the addresses of its pictures wrong."""

import shutil
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

_ZEROS = bytes(65536)
_SAMPLES = {b"sdtp", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio"}
_KEPT = {
    b"": {b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"pdin"},
    b"moov": {b"mvhd", b"trak", b"mvex", b"iods", b"udta", b"ctab", b"clip"},
    b"trak": {b"tkhd", b"edts", b"mdia", b"tref", b"tapt", b"udta", b"load", b"matt", b"clip"},
    b"edts": {b"elst"},
    b"mdia": {b"mdhd", b"hdlr", b"minf", b"elng"},
    b"minf": {b"vmhd", b"smhd", b"hmhd", b"nmhd", b"sthd", b"gmhd", b"hdlr", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": {
        *(b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"stsh"),
        *(b"stdp", b"padb", b"stps", *_SAMPLES),
    },
    b"mvex": {b"mehd", b"trex", b"leva"},
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"trun", b"tfdt", b"senc", *_SAMPLES},
    b"mfra": {b"tfra", b"mfro"},
}
"""Which boxes stay inside of which, "" being the file; all others become free space."""
# Chapters and what a player needs.
_KEPT_OF_USER_DATA = {b"chpl"}
_TIMES = {b"mvhd": 100, b"tkhd": 84, b"mdhd": 24}  # bytes in version 0
_SPHERICAL = bytes.fromhex("ffcc8263f8554a938814587a02521fdd")
# Sounds, pictures, captions and chapters; any other track measures something, such as where the phone was.
_TRACKS = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"hint", b"pict", b"auxv", b"tmcd"}

_SOUNDS = {b"mp4a", b"Opus", b"fLaC", b"alac", b"ac-3", b"ec-3", b"samr"}
_NO_CODEC = {b"udta", b"meta", b"uuid", b"free", b"skip", b"name", b"XMP_"}


@dataclass(frozen=True)
class Box:
    kind: bytes
    start: int
    body: int
    end: int


def clean_mp4(source: BinaryIO, target: BinaryIO) -> set[str]:
    """Write the film without personal metadata and return what could not be removed. Raises ValueError for one
    that is cut off."""
    size = source.seek(0, 2)
    source.seek(0)
    shutil.copyfileobj(source, target)
    if all(box.kind != b"moov" for box in boxes(target, 0, size)):
        raise ValueError("no moov")
    return _clean_inside(target, Box(b"", 0, 0, size))


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """Raises ValueError where one reaches beyond its own."""
    while start + 8 <= end:
        file.seek(start)
        size, kind = struct.unpack(">L4s", file.read(8))
        body = start + 8
        if size == 1:
            size, body = struct.unpack(">Q", file.read(8))[0], start + 16
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            raise ValueError(f"cut off at {start}")
        yield Box(kind, start, body, start + size)
        start += size


def _clean_inside(file: BinaryIO, parent: Box) -> set[str]:
    left, end = set(), parent.body
    for box in boxes(file, parent.body, parent.end):
        end = box.end
        if box.kind not in _KEPT[parent.kind]:
            if not (parent.kind == b"trak" and _is_spherical(file, box)):
                free_box(file, box)
        elif box.kind in _KEPT:
            left |= _clean_inside(file, box)
        else:
            left |= _clean_box(file, box)
    _erase(file, end, parent.end)
    return left


def _clean_box(file: BinaryIO, box: Box) -> set[str]:
    if box.kind == b"hdlr":
        return _clean_handler(file, box)
    if box.kind == b"dref":
        return _clean_sources(file, box)
    if box.kind == b"udta":
        _clean_user_data(file, box)
    elif box.kind in _TIMES:
        _forget_times(file, box)
    elif box.kind == b"stsd":
        _clean_samples(file, box)
    return set()


def _clean_sources(file: BinaryIO, box: Box) -> set[str]:
    """Where the pictures are: in the file itself, or in one whose path names a computer."""
    left = set()
    for source in boxes(file, box.body + 8, box.end):
        file.seek(source.body)
        is_here = file.read(4)[3:] == b"\1"
        if is_here:
            _erase(file, source.body + 4, source.end)
        else:
            left.add("linked")
    return left


def _is_spherical(file: BinaryIO, box: Box) -> bool:
    """Says that the picture reaches all around, without which it is shown wrong."""
    file.seek(box.body)
    return box.kind == b"uuid" and file.read(16) == _SPHERICAL


def free_box(file: BinaryIO, box: Box) -> None:
    """Make it free space of the same length, without content."""
    file.seek(box.start + 4)
    file.write(b"free")
    _erase(file, box.body, box.end)


def _erase(file: BinaryIO, start: int, end: int) -> None:
    file.seek(start)
    while start < end:
        start += file.write(_ZEROS[: end - start])


def _clean_user_data(file: BinaryIO, box: Box) -> None:
    try:
        inside = list(boxes(file, box.body, box.end))
    except ValueError:
        # QuickTime ends it with four zeros, others with anything.
        inside = []
    kept = [each for each in inside if each.kind in _KEPT_OF_USER_DATA]
    if not kept:
        free_box(file, box)
        return
    for each in inside:
        if each not in kept:
            free_box(file, each)
    _erase(file, inside[-1].end, box.end)


def _forget_times(file: BinaryIO, box: Box) -> None:
    file.seek(box.body)
    version = file.read(1)
    _erase(file, box.body + 4, min(box.end, box.body + (20 if version == b"\1" else 12)))
    # What follows its fixed length is for no player.
    _erase(file, box.body + _TIMES[box.kind] + (12 if version == b"\1" else 0), box.end)


def _clean_handler(file: BinaryIO, box: Box) -> set[str]:
    """Its name is mostly that of a program."""
    file.seek(box.body + 4)
    component, kind = file.read(4), file.read(4)
    _erase(file, min(box.body + 24, box.end), box.end)
    is_of_track = component in (b"\0\0\0\0", b"mhlr")
    return {"data_track"} if is_of_track and kind not in _TRACKS else set()


def _clean_samples(file: BinaryIO, box: Box) -> None:
    """A description of pictures names the program that packed them, in 32 bytes at a fixed place."""
    for entry in boxes(file, box.body + 8, box.end):
        file.seek(entry.start + 40)
        # Of pictures alone "frames per sample" stands there, which is 1.
        if entry.end - entry.start >= 86 and file.read(10)[8:] == b"\0\1":
            _erase(file, entry.start + 50, entry.start + 82)
            _clean_extensions(file, Box(entry.kind, entry.start, entry.start + 86, entry.end))
        elif entry.kind in _SOUNDS and entry.end - entry.start >= 36:
            _clean_extensions(file, Box(entry.kind, entry.start, entry.start + 36, entry.end))


def _clean_extensions(file: BinaryIO, box: Box) -> None:
    """What follows the fixed part of a description. Each codec has boxes of its own; those that hold none are
    known."""
    with suppress(ValueError):
        for each in list(boxes(file, box.body, box.end)):
            if each.kind in _NO_CODEC:
                free_box(file, each)
