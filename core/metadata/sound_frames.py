"""The frames of sound in MP3 (ISO 11172-3, layers II and III) and AAC files (ADTS, ISO 13818-7).

Players ignore all other bytes.
"""

from collections.abc import Callable
from typing import BinaryIO

_HIGH = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BIT_RATES = {  # kbit/s, by version (1 or 2) and layer
    (1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): _HIGH,
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = (44100, 48000, 32000)  # samples a second
_BLOCK = 65536
_HEADER = 7

Measure = Callable[[bytes], int]
"""Returns the length in bytes of the frame with this header; 0 if it is no frame or does not state its length."""


def is_mp3_frame(start: bytes) -> bool:
    """Return whether a file that begins with these bytes is MP3, layer II or III. Layer I is no longer used, and
    its frames begin like UTF-16."""
    return len(start) > 1 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0 and start[1] & 6 in (2, 4)


def is_aac_frame(start: bytes) -> bool:
    """Return whether a file that begins with these bytes is AAC (ADTS)."""
    return len(start) > 1 and start[0] == 0xFF and start[1] & 0xF6 == 0xF0


def frame_ranges(source: BinaryIO, start: int, end: int) -> list[tuple[int, int]] | None:
    """Return start and end of each run of complete frames between `start` and `end`, or None if no frame states
    its length. Raise ValueError if there is no frame at `start`."""
    measure = _measure(source, start)
    ranges: list[tuple[int, int]] = []
    place = start
    while place + 4 <= end:
        length = _length_at(source, place, measure)
        if length and place + length <= end:
            first = ranges.pop()[0] if ranges and ranges[-1][1] == place else place
            place += length
            ranges.append((first, place))
            continue
        found = _next(source, place + 1, end, measure)
        if found is None:
            break
        place = found
    return ranges or None


def _measure(source: BinaryIO, start: int) -> Measure:
    """Return the function that measures frames of the kind that is at `start`. Raise ValueError if there is no
    frame."""
    source.seek(start)
    header = source.read(2)
    if is_mp3_frame(header):
        return _mp3_length
    if is_aac_frame(header):
        return _aac_length
    raise ValueError("no sound")


def _length_at(source: BinaryIO, place: int, measure: Measure) -> int:
    source.seek(place)
    return measure(source.read(_HEADER))


def _aac_length(header: bytes) -> int:
    if len(header) < _HEADER or not is_aac_frame(header):
        return 0
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    return length if length > _HEADER else 0


def _mp3_length(header: bytes) -> int:
    if len(header) < 4 or not is_mp3_frame(header):
        return 0
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    bit_rate, rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or rate == 3 or not 0 < bit_rate < 15:
        return 0
    bits = 1000 * _BIT_RATES[1 if version == 3 else 2, layer][bit_rate - 1]
    samples = _RATES[rate] // {3: 1, 2: 2, 0: 4}[version]
    return (72 if layer == 3 and version != 3 else 144) * bits // samples + padding


def _next(source: BinaryIO, place: int, end: int, measure: Measure) -> int | None:
    """Return the position, from `place` on, where frames continue after other bytes: a frame followed by another
    or by the end. Return None if there is none."""
    while place < end:
        source.seek(place)
        block = source.read(min(_BLOCK, end - place))
        for offset in _candidates(block):
            at = place + offset
            length = _length_at(source, at, measure)
            follows = at + length
            if length and (follows == end or (follows < end and _length_at(source, follows, measure))):
                return at
        if len(block) < _BLOCK:
            return None
        place += len(block) - 3
    return None


def _candidates(block: bytes) -> list[int]:
    """Return the offsets in a block at which a frame can begin."""
    found, at = [], block.find(b"\xff")
    while at >= 0:
        if block[at + 1 : at + 2] >= b"\xe0":
            found.append(at)
        at = block.find(b"\xff", at + 1)
    return found
