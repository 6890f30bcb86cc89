"""Checksums of tables, to compare a restored database with the one that was backed up, on the same engine."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

AT_ONCE = 500
LIMIT = 1 << 256


def of_rows(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Return, as a list, the number of rows and a checksum that does not depend on their order."""
    count = total = 0
    for row in rows:
        digest = hashlib.sha256(repr(tuple(map(_plain, row))).encode("utf-8", "surrogatepass")).digest()
        total = (total + int.from_bytes(digest)) % LIMIT
        count += 1
    return [count, f"{total:064x}"]


class Cursor(Protocol):
    """Database cursor (PEP 249)."""

    def fetchmany(self, size: int = ..., /) -> list[tuple[Any, ...]]: ...


def fetched(cursor: Cursor) -> Iterator[tuple[Any, ...]]:
    """Yield all rows of the cursor, fetched AT_ONCE at a time."""
    while rows := cursor.fetchmany(AT_ONCE):
        yield from rows


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> list[str]:
    """Return the sorted names of the tables that are missing in one of the two databases or differ in number of
    rows or checksum. Both arguments map the names of tables to what `of_rows` returns."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
