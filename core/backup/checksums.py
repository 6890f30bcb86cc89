"""Checksums of all rows of all tables: two databases of one engine are equal where these are."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

AT_ONCE = 500
LIMIT = 1 << 256


def of_rows(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Return the number of rows and a checksum in which their order makes no difference."""
    count = total = 0
    for row in rows:
        digest = hashlib.sha256(repr(tuple(map(_plain, row))).encode("utf-8", "surrogatepass")).digest()
        total = (total + int.from_bytes(digest)) % LIMIT
        count += 1
    return [count, f"{total:064x}"]


def fetched(cursor: object) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield from rows


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> list[str]:
    """Return the names of the tables that are not equal."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
