"""Removal of metadata from pictures inside documents, without changing any pixel."""

import re
import struct
from collections.abc import Iterator

from core.metadata.gif import stripped_gif
from core.metadata.jpeg2000 import CODESTREAM, SIGNATURE, stripped_jpeg2000

_PNG = b"\x89PNG\r\n\x1a\n"
# Chunks that are kept besides the critical ones, whose names begin with a capital letter.
_PNG_KEPT = {
    *(b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST", b"pHYs", b"sPLT"),
    *(b"acTL", b"fcTL", b"fdAT", b"cICP", b"mDCV", b"cLLI"),
}
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_SVG = re.compile(rb"<(?:[\w.-]+:)?svg[\s>]")
_SVG_TELLS = re.compile(
    rb"<(?:[\w.-]+:)?(?:metadata|desc|title|image|foreignObject)\b|<!--|<!ENTITY"
    rb"|[<\s](?:inkscape|sodipodi|rdf|dc|cc|i|x):\w",
    re.IGNORECASE,
)


class Unremovable(ValueError):
    """Error of a picture whose metadata cannot be removed."""


def stripped_picture(content: bytes) -> bytes:
    """Return the JPEG, PNG, WebP, GIF or JPEG 2000 without metadata and without bytes after its end, or an SVG
    that has none.

    Raise Unremovable for pictures that are damaged or of a kind that cannot be cleaned, and for other content.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return stripped_jpeg(content)
    if content.startswith(_PNG):
        return _PNG + b"".join(_png_chunks(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        chunks = b"".join(_webp_chunks(content))
        return b"RIFF" + struct.pack("<L", len(chunks) + 4) + b"WEBP" + chunks
    return _stripped_otherwise(content)


def _stripped_otherwise(content: bytes) -> bytes:
    """Return a GIF or JPEG 2000 without metadata, or an SVG that has none. Raise Unremovable otherwise."""
    try:
        if content.startswith((b"GIF87a", b"GIF89a")):
            return stripped_gif(content)
        if content.startswith((SIGNATURE, CODESTREAM)):
            return stripped_jpeg2000(content)
    except ValueError as error:
        raise Unremovable from error
    if b"\0" not in content and _SVG.search(content) and not _SVG_TELLS.search(content):
        return content
    raise Unremovable


def stripped_jpeg(content: bytes) -> bytes:
    """Return the JPEG without Exif, XMP, IPTC, comments, thumbnails and bytes after its end, but with colour
    profile and orientation. Raise Unremovable if it is cut off."""
    kept, orientation = [], b""
    for marker, segment in _jpeg_segments(content):
        if marker == 0xE1 and not orientation:
            orientation = _orientation(segment)
        if marker == 0xE0 and segment[4:9] == b"JFIF\0":
            # Bytes after these may be a thumbnail.
            segment = segment[:2] + struct.pack(">H", 16) + segment[4:16] + b"\0\0"
        elif not _is_needed(marker, segment):
            continue
        kept.append(segment)
    return b"\xff\xd8" + b"".join([*kept[:1], orientation, *kept[1:]])


def _is_needed(marker: int, segment: bytes) -> bool:
    """Return whether a segment is kept: all but comments and application segments, and of these the colour profile
    and Adobe's transform."""
    if marker == 0xE2:
        return segment[4:16] == b"ICC_PROFILE\0"
    if marker == 0xEE:
        return len(segment) == 16 and segment[4:9] == b"Adobe"
    return not (marker == 0xFE or 0xE0 <= marker <= 0xEF)


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment after the first, up to the end of the picture; a scan segment
    includes its data. Raise Unremovable if the JPEG is cut off."""
    place = 2
    while True:
        while content[place : place + 2] == b"\xff\xff":
            place += 1
        if content[place : place + 1] != b"\xff" or place + 2 > len(content):
            raise Unremovable
        marker = content[place + 1]
        if marker == 0xD9:
            yield marker, content[place : place + 2]
            return
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if end > len(content) or end < place + 4:
            raise Unremovable
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        yield marker, content[place:end]
        place = end


def _end_of_scan(content: bytes, place: int) -> int:
    """Return the position of the first marker after the data of a scan, which begin at `place`. Raise Unremovable
    if there is none."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise Unremovable
        follows = content[place + 1]
        if follows == 0 or 0xD0 <= follows <= 0xD7:
            place += 2
        elif follows == 0xFF:
            place += 1
        else:
            return place


def _orientation(segment: bytes) -> bytes:
    """Return an Exif segment with only the orientation of `segment`, or b"" if there is none or it is upright."""
    body = segment[10:]
    order = {b"II": "<", b"MM": ">"}.get(body[:2])
    if segment[4:10] != b"Exif\0\0" or order is None or len(body) < 10:
        return b""
    start = struct.unpack(f"{order}L", body[4:8])[0]
    count = int.from_bytes(body[start : start + 2], "little" if order == "<" else "big")
    for number in range(min(count, 200)):
        entry = body[start + 2 + 12 * number : start + 14 + 12 * number]
        if len(entry) == 12 and struct.unpack(f"{order}H", entry[:2])[0] == 0x0112:
            value = struct.unpack(f"{order}H", entry[8:10])[0]
            if not 1 < value <= 8:
                return b""
            exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHLHH", 0x0112, 3, 1, value, 0) + b"\0" * 4
            return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    return b""


def _png_chunks(content: bytes) -> Iterator[bytes]:
    """Yield the chunks of a PNG that are kept, up to its end. Raise Unremovable if it has no end."""
    place = len(_PNG)
    while place + 12 <= len(content):
        length = struct.unpack(">L", content[place : place + 4])[0]
        kind, chunk = content[place + 4 : place + 8], content[place : place + 12 + length]
        if kind[:1].isupper() or kind in _PNG_KEPT:
            yield chunk
        if kind == b"IEND":
            return
        place += 12 + length
    raise Unremovable


def _webp_chunks(content: bytes) -> Iterator[bytes]:
    """Yield the chunks of a WebP that are kept, with the flags for Exif and XMP cleared."""
    end = min(len(content), 8 + struct.unpack("<L", content[4:8])[0])
    place = 12
    while place + 8 <= end:
        kind, length = struct.unpack("<4sL", content[place : place + 8])
        chunk = content[place : place + 8 + length + length % 2]
        if kind == b"VP8X":
            # Clear the flags for Exif and XMP, whose chunks are left out.
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if kind in _WEBP_KEPT:
            yield chunk
        place += 8 + length + length % 2
