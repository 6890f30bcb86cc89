"""What an MP3 tells in its tags: ID3 at the beginning, ID3v1, APE and Lyrics3 at the end. Its chapters stay."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

_CHAPTERS = (b"CHAP", b"CTOC")
MOST_TAG = 64 * 1024**2


def clean_mp3(source: BinaryIO, target: BinaryIO) -> set[str]:
    """Write the sound without its tags. Raises ValueError where there is none."""
    size = source.seek(0, 2)
    start, chapters = _beginning(source)
    end = _end(source, start, size)
    source.seek(start)
    if end - start < 4 or not _is_frame(source.read(2)):
        raise ValueError("no sound")
    target.write(chapters)
    _copy(source, target, start, end)
    return set()


def _is_frame(two: bytes) -> bool:
    return len(two) == 2 and two[0] == 0xFF and two[1] & 0xE0 == 0xE0


def _beginning(source: BinaryIO) -> tuple[int, bytes]:
    """Where the tags end, of which there may be several, and a tag with the chapters alone."""
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
    version, flags = header[3], header[5]
    if version not in (3, 4) or flags & 0xC0:
        return b""
    kept = b"".join(frame for frame in _frames(body, version) if frame[:4] in _CHAPTERS)
    if not kept:
        return b""
    size = bytes((len(kept) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3" + bytes((version, 0, 0)) + size + kept


def _frames(body: bytes, version: int) -> Iterator[bytes]:
    place = 0
    while place + 10 <= len(body) and body[place] != 0:
        size = body[place + 4 : place + 8]
        length = _syncsafe(size) if version == 4 else struct.unpack(">L", size)[0]
        yield body[place : place + 10 + length]
        place += 10 + length


def _syncsafe(four: bytes) -> int:
    number = 0
    for byte in four:
        number = number << 7 | byte & 0x7F
    return number


def _end(source: BinaryIO, start: int, size: int) -> int:
    """Where the sound ends and tags follow."""
    end = size
    while True:
        shorter = _without_last_tag(source, start, end)
        if shorter == end:
            return end
        end = shorter


def _without_last_tag(source: BinaryIO, start: int, end: int) -> int:
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


def _copy(source: BinaryIO, target: BinaryIO, start: int, end: int) -> None:
    source.seek(start)
    left = end - start
    while left > 0:
        block = source.read(min(left, 65536))
        if not block:
            return
        target.write(block)
        left -= len(block)
