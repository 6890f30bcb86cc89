"""Removal of the comments of Ogg files with Vorbis, Opus, Speex and Theora (RFC 3533, RFC 7845), in place, so that
no position changes."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

_HEAD = struct.Struct("<4sBBqLLLB")
_FIRST = 2
_NOTHING = bytes(8)  # an empty vendor string, and no comments
_EMPTY = {
    b"\x01vorbis": b"\x03vorbis" + _NOTHING + b"\x01",
    b"OpusHead": b"OpusTags" + _NOTHING,
    b"\x80theora": b"\x81theora" + _NOTHING,
    b"Speex   ": _NOTHING,
}
"""Comment packets (the second of a stream) without comments, by the first bytes of the first packet.

Zeros follow.
"""
MOST_COMMENTS = 16 * 1024**2
"""Bytes of pages with comments that are cleaned; comments may include a picture."""
_POLYNOMIAL = 0x04C11DB7


@dataclass
class _Stream:
    """State of reading a logical stream."""

    empty: bytes | None
    """The empty comment packet; None for an unknown codec."""
    packet: int = 0
    """Number of the current packet, from 0."""
    place: int = 0
    """Bytes of the current packet read so far."""


def clean_ogg(source: BinaryIO, target: BinaryIO) -> set[str]:
    """Write the file without comments and without bytes after its last page. Return "unknown", in a set, for an
    unknown codec or comments of more than MOST_COMMENTS, which stay. Raise ValueError if the file is cut off or
    has no pages."""
    size = source.seek(0, 2)
    source.seek(0)
    streams: dict[int, _Stream] = {}
    emptied, left = 0, set()
    while size - source.tell() >= _HEAD.size and (head := source.read(_HEAD.size))[:4] == b"OggS":
        lengths = source.read(head[-1])
        body = source.read(sum(lengths))
        if len(lengths) < head[-1] or len(body) < sum(lengths):
            raise ValueError("cut off")
        flags, serial = head[5], _HEAD.unpack(head)[4]
        if flags & _FIRST or serial not in streams:
            empty = next((empty for start, empty in _EMPTY.items() if body.startswith(start)), None)
            streams[serial] = _Stream(empty)
        if streams[serial].empty is None:
            left.add("unknown")
        if emptied > MOST_COMMENTS:
            left.add("unknown")
        changed = body if emptied > MOST_COMMENTS else _without_comments(streams[serial], lengths, body)
        if changed != body:
            emptied += len(body)
            head = _summed(head, lengths, changed)
        target.write(head + lengths + changed)
    if not streams:
        raise ValueError("no pages")
    return left


def _without_comments(stream: _Stream, lengths: bytes, body: bytes) -> bytes:
    """Return the body of a page with the comments of the stream replaced by an empty comment packet and zeros;
    unchanged for an unknown codec. Count the packets and bytes read in `stream`.

    The second packet of a stream has the comments. `lengths` are those of the segments; a segment of less than 255
    bytes ends a packet.
    """
    if stream.packet > 1 or stream.empty is None:
        return body
    changed, start = bytearray(body), 0
    for length in lengths:
        if stream.packet == 1:
            empty = stream.empty[stream.place : stream.place + length]
            changed[start : start + length] = empty.ljust(length, b"\0")
        start += length
        stream.place += length
        if length < 255:
            stream.packet, stream.place = stream.packet + 1, 0
    return bytes(changed)


def _summed(head: bytes, lengths: bytes, body: bytes) -> bytes:
    """Return the header of a page with its new checksum."""
    checked = head[:22] + bytes(4) + head[26:]
    return checked[:22] + struct.pack("<L", check_sum(checked + lengths + body)) + checked[26:]


def _table() -> list[int]:
    """Return the checksums of all bytes from 0 to 255."""
    table = []
    for number in range(256):
        value = number << 24
        for _bit in range(8):
            value = value << 1 ^ (_POLYNOMIAL if value & 0x80000000 else 0)
        table.append(value & 0xFFFFFFFF)
    return table


_TABLE = _table()


def check_sum(content: bytes) -> int:
    """Return the checksum of RFC 3533, section 6: an unreflected CRC-32 with initial value zero."""
    value = 0
    for byte in content:
        value = value << 8 & 0xFFFFFFFF ^ _TABLE[value >> 24 ^ byte]
    return value
