"""Removal of device, place, time and programs from MP4, M4A and MOV files.

Metadata is overwritten in place: the tables of such files hold absolute positions, which must not change.
"""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import BinaryIO

from core.metadata.boxes import Box, boxes, erase, free_box
from core.metadata.film_tracks import remove_data_tracks

MOST_BOXES = 100_000
"""A film of two hours in fragments of one second has about 70,000; each takes up to 0.06 ms."""
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
"""Boxes that are kept, by the kind of their parent; b"" is the file. All others become free space."""
# Chapters.
_KEPT_OF_USER_DATA = {b"chpl"}
_TIMES = {b"mvhd": 100, b"tkhd": 84, b"mdhd": 24}  # bytes in version 0
_SPHERICAL = bytes.fromhex("ffcc8263f8554a938814587a02521fdd")
_SOUNDS = {b"mp4a", b"Opus", b"fLaC", b"alac", b"ac-3", b"ec-3", b"samr"}
_NO_CODEC = {b"udta", b"meta", b"uuid", b"free", b"skip", b"name", b"XMP_"}


def clean_mp4(source: BinaryIO, target: BinaryIO) -> set[str]:
    """Write the film to `target` without personal metadata, and return the codes of what could not be removed.
    Raise ValueError if it is cut off, has no `moov` box or more than MOST_BOXES boxes; `target` is then not
    clean."""
    size = source.seek(0, 2)
    source.seek(0)
    shutil.copyfileobj(source, target)
    if all(box.kind != b"moov" for box in boxes(target, 0, size)):
        raise ValueError("no moov")
    return remove_data_tracks(target, size) | _clean_inside(target, Box(b"", 0, 0, size), count(1))


def _clean_inside(file: BinaryIO, parent: Box, counted: Iterator[int]) -> set[str]:
    """Clean all boxes inside `parent`, free those that are not kept, and return the codes of what could not be
    removed. `counted` counts the boxes of the whole film. Raise ValueError if there are more than MOST_BOXES."""
    left: set[str] = set()
    end = parent.body
    for box in boxes(file, parent.body, parent.end):
        if next(counted) > MOST_BOXES:
            raise ValueError("too many boxes")
        end = box.end
        if box.kind not in _KEPT[parent.kind]:
            if not (parent.kind == b"trak" and _is_spherical(file, box)):
                free_box(file, box)
        elif box.kind in _KEPT:
            left |= _clean_inside(file, box, counted)
        else:
            left |= _clean_box(file, box)
    erase(file, end, parent.end)
    return left


def _clean_box(file: BinaryIO, box: Box) -> set[str]:
    """Clean the body of a box that has no known children, and return the codes of what could not be removed."""
    if box.kind == b"dref":
        return _clean_sources(file, box)
    if box.kind == b"hdlr":
        # The name of the handler is usually that of a program.
        erase(file, min(box.body + 24, box.end), box.end)
    elif box.kind == b"udta":
        _clean_user_data(file, box)
    elif box.kind in _TIMES:
        _forget_times(file, box)
    elif box.kind == b"stsd":
        _clean_samples(file, box)
    return set()


def _clean_sources(file: BinaryIO, box: Box) -> set[str]:
    """Erase the locations of samples that are in the file itself; return "linked", in a set, if samples are in
    another file."""
    left = set()
    for source in boxes(file, box.body + 8, box.end):
        file.seek(source.body)
        is_here = file.read(4)[3:] == b"\1"
        if is_here:
            erase(file, source.body + 4, source.end)
        else:
            left.add("linked")
    return left


def _is_spherical(file: BinaryIO, box: Box) -> bool:
    """Return whether the box marks a spherical video, which players cannot show correctly without the box."""
    file.seek(box.body)
    return box.kind == b"uuid" and file.read(16) == _SPHERICAL


def _clean_user_data(file: BinaryIO, box: Box) -> None:
    """Remove all user data except chapters; all of it if its boxes cannot be read."""
    try:
        inside = list(boxes(file, box.body, box.end))
    except ValueError:
        # QuickTime ends user data with four zeros, other programs with arbitrary bytes.
        inside = []
    kept = [each for each in inside if each.kind in _KEPT_OF_USER_DATA]
    if not kept:
        free_box(file, box)
        return
    for each in inside:
        if each not in kept:
            free_box(file, each)
    erase(file, inside[-1].end, box.end)


def _forget_times(file: BinaryIO, box: Box) -> None:
    """Erase the times of creation and change in a header, and bytes after its fixed length."""
    file.seek(box.body)
    version = file.read(1)
    erase(file, box.body + 4, min(box.end, box.body + (20 if version == b"\1" else 12)))
    # Players do not read what follows the fixed length.
    erase(file, box.body + _TIMES[box.kind] + (12 if version == b"\1" else 0), box.end)


def _clean_samples(file: BinaryIO, box: Box) -> None:
    """Erase the name of the encoder, 32 bytes in each description of video samples, and additional boxes."""
    for entry in boxes(file, box.body + 8, box.end):
        file.seek(entry.start + 40)
        # Only descriptions of video have "frames per sample" here, which is 1.
        if entry.end - entry.start >= 86 and file.read(10)[8:] == b"\0\1":
            erase(file, entry.start + 50, entry.start + 82)
            _clean_extensions(file, Box(entry.kind, entry.start, entry.start + 86, entry.end))
        elif entry.kind in _SOUNDS and entry.end - entry.start >= 36:
            _clean_extensions(file, Box(entry.kind, entry.start, entry.start + 36, entry.end))


def _clean_extensions(file: BinaryIO, box: Box) -> None:
    """Free the boxes after the fixed part of a description, except those that may belong to a codec."""
    with suppress(ValueError):
        for each in list(boxes(file, box.body, box.end)):
            if each.kind in _NO_CODEC:
                free_box(file, each)
