"""The frames of sound in an MP3, which are all that a player plays."""

from typing import BinaryIO

_HIGH = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BIT_RATES = {  # thousand bits a second, by version 1 or 2 and layer
    (1, 1): tuple(range(32, 449, 32)),
    (1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): _HIGH,
    (2, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = (44100, 48000, 32000)  # samples a second
_BLOCK = 65536


def is_frame(two: bytes) -> bool:
    return len(two) == 2 and two[0] == 0xFF and two[1] & 0xE0 == 0xE0


def frame_ranges(source: BinaryIO, start: int, end: int) -> list[tuple[int, int]] | None:
    """Return where the whole frames stand, as first and last byte of each run. None where their length is not
    stated, so that nobody can tell where the sound ends."""
    ranges, place = [], start
    while place + 4 <= end:
        length = _length_at(source, place)
        if length and place + length <= end:
            first = ranges.pop()[0] if ranges and ranges[-1][1] == place else place
            place += length
            ranges.append((first, place))
            continue
        found = _next(source, place + 1, end)
        if found is None:
            break
        place = found
    return ranges or None


def _length_at(source: BinaryIO, place: int) -> int:
    source.seek(place)
    return _length(source.read(4))


def _length(header: bytes) -> int:
    """In bytes; 0 where there is no frame, or one of a length that is not stated."""
    if len(header) < 4 or not is_frame(header[:2]):
        return 0
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    bit_rate, rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or layer == 4 or rate == 3 or not 0 < bit_rate < 15:
        return 0
    bits = 1000 * _BIT_RATES[1 if version == 3 else 2, layer][bit_rate - 1]
    samples = _RATES[rate] // {3: 1, 2: 2, 0: 4}[version]
    if layer == 1:
        return (12 * bits // samples + padding) * 4
    return (72 if layer == 3 and version != 3 else 144) * bits // samples + padding


def _next(source: BinaryIO, place: int, end: int) -> int | None:
    """Where frames go on behind damage or foreign bytes: at one that is followed by another or ends the sound."""
    while place < end:
        source.seek(place)
        block = source.read(min(_BLOCK, end - place))
        for offset in _candidates(block):
            at = place + offset
            length = _length_at(source, at)
            follows = at + length
            if length and (follows == end or (follows < end and _length_at(source, follows))):
                return at
        if len(block) < _BLOCK:
            return None
        place += len(block) - 3
    return None


def _candidates(block: bytes) -> list[int]:
    found, at = [], block.find(b"\xff")
    while at >= 0:
        if is_frame(block[at : at + 2]):
            found.append(at)
        at = block.find(b"\xff", at + 1)
    return found
