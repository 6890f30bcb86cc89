from typing import BinaryIO

_BLOCK = 65536


def copy_range(source: BinaryIO, target: BinaryIO, start: int, end: int) -> None:
    """Write the bytes from `start` on up to `end`, or to where the source ends."""
    source.seek(start)
    left = end - start
    while left > 0:
        block = source.read(min(left, _BLOCK))
        if not block:
            return
        target.write(block)
        left -= len(block)
