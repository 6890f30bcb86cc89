"""Removal of comments and application data from GIF files (GIF89a)."""

from collections.abc import Iterator

_COMMENT, _APPLICATION, _PLAIN_TEXT = 0xFE, 0xFF, 0x01
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def stripped_gif(content: bytes) -> bytes:
    """Return the GIF without comments, plain-text blocks, bytes after its end, and application data except the
    number of repetitions. Raise ValueError if it is cut off."""
    if len(content) < 13:
        raise ValueError("cut off")
    start = 13 + _colours(content[10])
    return content[:start] + b"".join(_blocks(content, start))


def _colours(flags: int) -> int:
    """Return the length of a colour table in bytes, from the flags before it."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _blocks(content: bytes, place: int) -> Iterator[bytes]:
    """Yield the blocks that are kept, from `place` up to the trailer. Raise ValueError if there is no block or it
    is cut off."""
    while True:
        kind = content[place : place + 1]
        if kind == b";":
            yield kind
            return
        if kind == b"!":
            end = _end_of_data(content, place + 2)
            if _is_needed(content, place):
                yield content[place:end]
        elif kind == b"," and place + 10 < len(content):
            end = _end_of_data(content, place + 11 + _colours(content[place + 9]))
            yield content[place:end]
        else:
            raise ValueError(f"no block at {place}")
        place = end


def _is_needed(content: bytes, place: int) -> bool:
    kind = content[place + 1]
    if kind == _APPLICATION:
        # Keep only blocks with the number of repetitions and nothing else.
        return content[place + 3 : place + 14] in _LOOPS and content[place + 14 : place + 16] == b"\3\1"
    return kind not in (_COMMENT, _PLAIN_TEXT)


def _end_of_data(content: bytes, place: int) -> int:
    """Return the end of the data sub-blocks that begin at `place`. Raise ValueError if they are cut off."""
    while place < len(content):
        length = content[place]
        place += 1 + length
        if not length:
            return place
    raise ValueError("cut off")
