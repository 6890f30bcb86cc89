"""Removal of XMP, Exif and comments from JPEG 2000 pictures (ISO/IEC 15444-1), by overwriting them in place."""

import io

from core.metadata.boxes import boxes, free_box

SIGNATURE = b"\0\0\0\x0cjP  \r\n\x87\n"
CODESTREAM = b"\xff\x4f\xff\x51"
_KEPT = {b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jp2c", b"jpch", b"jplh", b"pclr", b"cmap"}
_TILE, _COMMENT = 0xFF90, 0xFF64


def stripped_jpeg2000(content: bytes) -> bytes:
    """Return a JPEG 2000 file, or a bare codestream, with its metadata overwritten, of the same length.

    Raise ValueError if it is cut off.
    """
    if content.startswith(CODESTREAM):
        return _without_comments(content, 0)
    file = io.BytesIO(content)
    starts = []
    for box in list(boxes(file, 0, len(content))):
        if box.kind == b"jp2c":
            starts.append(box.body)
        elif box.kind not in _KEPT:
            free_box(file, box)
    stripped = file.getvalue()
    for start in starts:
        stripped = _without_comments(stripped, start)
    return stripped


def _without_comments(content: bytes, start: int) -> bytes:
    """Return the content with the comments in the main header of the codestream at `start` overwritten by zeros.
    Raise ValueError if the header is cut off."""
    changed, place = bytearray(content), start + 2
    while place + 4 <= len(content):
        marker = int.from_bytes(content[place : place + 2], "big")
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == _TILE:
            return bytes(changed)
        if marker >> 8 != 0xFF or length < 2:
            break
        if marker == _COMMENT:
            changed[place + 6 : place + 2 + length] = bytes(max(0, length - 4))
        place += 2 + length
    raise ValueError("cut off")
