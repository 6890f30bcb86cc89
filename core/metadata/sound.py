"""Removal of the tags of MP3, AAC and FLAC files: ID3v2 and FLAC metadata blocks at the beginning, ID3v1, APE and
Lyrics3 at the end. Chapters are kept. Between the tags of MP3 and AAC files only frames of sound are kept."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from core.metadata.ranges import copy_range
from core.metadata.sound_frames import frame_ranges, is_aac_frame, is_mp3_frame

FLAC = b"fLaC"
_FLAC_KEPT = {0, 3}
"""Types of metadata blocks that are kept (RFC 9639, section 8.1): STREAMINFO and SEEKTABLE."""
_CHAPTERS = (b"CHAP", b"CTOC")
MOST_TAG = 64 * 1024**2


def is_sound(start: bytes) -> bool:
    """Return whether a file that begins with these bytes is MP3, AAC or FLAC."""
    return start.startswith((b"ID3", FLAC)) or is_mp3_frame(start) or is_aac_frame(start)


def sound_kind(file: BinaryIO) -> str:
    """Return "flac", "aac" or "mp3", by the bytes after the tags, or "" for other files. A file with an ID3v2 tag
    that is neither FLAC nor AAC counts as MP3."""
    file.seek(0)
    if not is_sound(file.read(10)):
        return ""
    start, _chapters = _beginning(file)
    file.seek(start)
    begins = file.read(4)
    if begins == FLAC:
        return "flac"
    return "aac" if is_aac_frame(begins) else "mp3"


def clean_sound(source: BinaryIO, target: BinaryIO) -> set[str]:
    """Write the sound without its tags, but with chapters. Return "unknown", in a set, if its frames do not state
    their length, so that bytes between them stay. Raise ValueError if there is no sound or the file is cut off."""
    size = source.seek(0, 2)
    start, chapters = _beginning(source)
    end = _end(source, start, size)
    source.seek(start)
    if source.read(4) == FLAC:
        return _clean_flac(source, target, end)
    if end - start < 4:
        raise ValueError("no sound")
    ranges = frame_ranges(source, start, end)
    target.write(chapters)
    if ranges is None:
        copy_range(source, target, start, end)
        return {"unknown"}
    for first, last in ranges:
        copy_range(source, target, first, last)
    return set()


def _clean_flac(source: BinaryIO, target: BinaryIO, end: int) -> set[str]:
    """Write a FLAC with the kept metadata blocks alone and its sound up to `end`, and return an empty set. Raise
    ValueError if it is cut off."""
    kept, is_last = [], False
    while not is_last:
        head = source.read(4)
        length = int.from_bytes(head[1:])
        if len(head) < 4 or source.tell() + length >= end:
            raise ValueError("cut off")
        is_last, kind = bool(head[0] & 0x80), head[0] & 0x7F
        if kind in _FLAC_KEPT:
            kept.append((kind, source.read(length)))
        else:
            source.seek(length, 1)
    if not kept or kept[0][0] != 0:
        raise ValueError("no sound")
    target.write(FLAC)
    for number, (kind, body) in enumerate(kept, 1):
        target.write(bytes((kind | (0x80 if number == len(kept) else 0),)) + len(body).to_bytes(3) + body)
    copy_range(source, target, source.tell(), end)
    return set()


def _beginning(source: BinaryIO) -> tuple[int, bytes]:
    """Return the position of the sound after all ID3v2 tags and zeros, and an ID3v2 tag with the chapters alone,
    or b"" if there are none."""
    start, chapters = 0, b""
    while True:
        source.seek(start)
        header = source.read(10)
        if header[:3] != b"ID3" or len(header) < 10:
            break
        length = _syncsafe(header[6:10])
        if not chapters and length < MOST_TAG:
            chapters = _chapters(header, source.read(length))
        start += 10 + length + (10 if header[5] & 0x10 else 0)
    source.seek(start)
    # Some programs leave zeros between the tag and the sound.
    padding = source.read(65536)
    return start + len(padding) - len(padding.lstrip(b"\0")), chapters


def _chapters(header: bytes, body: bytes) -> bytes:
    """Return an ID3v2 tag with the chapters alone of the tag with this header and body. Return b"" if it has none,
    or is of another version than 3 and 4, or has an extended header or is unsynchronised."""
    version, flags = header[3], header[5]
    if version not in (3, 4) or flags & 0xC0:
        return b""
    frames = (frame for frame in _frames(body, version) if frame[:4] in _CHAPTERS)
    kept = b"".join(_clean_chapter(frame, version) for frame in frames)
    if not kept:
        return b""
    return b"ID3" + bytes((version, 0, 0)) + _to_syncsafe(len(kept)) + kept


def _clean_chapter(frame: bytes, version: int) -> bytes:
    """Return a frame CHAP with times and title alone, or CTOC with its list of chapters and title. Return b"" if
    the frame has flags, such as for compression."""
    body = frame[10:]
    end = body.find(b"\0") + 1
    if frame[9] or not end:
        return b""
    if frame[:4] == b"CHAP":
        end += 16
    else:
        count, end = body[end + 1 : end + 2], end + 2
        for _number in range(count[0] if count else 0):
            end = body.find(b"\0", end) + 1 or len(body)
    titles = b"".join(each for each in _frames(body[end:], version) if each[:4] == b"TIT2" and not each[9])
    kept = body[:end] + titles
    size = _to_syncsafe(len(kept)) if version == 4 else struct.pack(">L", len(kept))
    return frame[:4] + size + b"\0\0" + kept


def _frames(body: bytes, version: int) -> Iterator[bytes]:
    """Yield the frames of an ID3v2 tag of version 3 or 4."""
    place = 0
    while place + 10 <= len(body) and body[place] != 0:
        size = body[place + 4 : place + 8]
        length = _syncsafe(size) if version == 4 else struct.unpack(">L", size)[0]
        yield body[place : place + 10 + length]
        place += 10 + length


def _to_syncsafe(number: int) -> bytes:
    """Return a number as four bytes of seven bits each (ID3v2.4, section 6.2)."""
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))


def _syncsafe(four: bytes) -> int:
    """Return the number in four bytes of seven bits each."""
    number = 0
    for byte in four:
        number = number << 7 | byte & 0x7F
    return number


def _end(source: BinaryIO, start: int, size: int) -> int:
    """Return the position where the sound ends and tags follow; `size` is the length of the file."""
    end = size
    while True:
        shorter = _without_last_tag(source, start, end)
        if shorter == end:
            return end
        end = shorter


def _without_last_tag(source: BinaryIO, start: int, end: int) -> int:
    """Return the start of the ID3v1, APE, Lyrics3 or ID3v2 tag that ends at `end`, or `end` if there is none."""
    source.seek(max(start, end - 128))
    tail = source.read(end - max(start, end - 128))
    if len(tail) == 128 and tail[:3] == b"TAG":
        before = end - 128
        source.seek(max(start, before - 227))
        return before - 227 if source.read(4) == b"TAG+" else before
    if tail[-32:-24] == b"APETAGEX":
        length, _count, flags = struct.unpack("<LLL", tail[-20:-8])
        return max(start, end - length - (32 if flags & 0x80000000 else 0))
    if tail[-9:] == b"LYRICS200" and tail[-15:-9].isdigit():
        return max(start, end - int(tail[-15:-9]) - 15)
    if tail[-10:-7] == b"3DI":
        return max(start, end - _syncsafe(tail[-4:]) - 20)
    return end
