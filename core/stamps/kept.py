"""What each process keeps of what it has made of the database: what many pages show alike.

A value is as fresh as a stored page: it is made anew after a change of anything that it was made of, from the
moment at which something of it must no longer be shown, and on another day. Transactions neither use nor make
kept values, as they may see what nobody else does.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection

from core.drafts_drawn import draws_drafts
from core.stamps.collecting import Collected, collecting, end_of_today, note, note_end
from core.stamps.file import StampFile, places_of
from core.stamps.redis import OUTDATED
from core.stamps.stamping import stamp_file

logger = logging.getLogger(__name__)

MOST = 1_000
"""How many values are kept; what was not used for longest goes first."""
Value = TypeVar("Value")


@dataclass
class _Entry:
    """A value with what it was made of. `stamp`: the last stamp when its making began; `until`: the time (seconds
    since 1970) from which it is old."""

    value: Any
    collected: Collected
    places: list[int]
    stamp: int
    until: float
    checked: int = 0


_entries: OrderedDict[Hashable, _Entry] = OrderedDict()
_lock = threading.Lock()


def kept(key: Hashable, make: Callable[[], Value], since: int | None = None) -> Value:
    """Return what `make` returns, from this process if it has made it before. `key` is unique to it, and contains
    everything that it depends on besides the database, such as the language. The value must not be changed, and
    `make` must note all that it is made of, by reading it or by name. What of this was read before the call was
    read after `since`, a result of `moment`."""
    if (stamps := _stamps()) is None:
        return make()
    last = stamps.last
    with _lock:
        if (entry := _entries.get(key)) is not None:
            _entries.move_to_end(key)
    if entry is None or not _is_fresh(entry, stamps, last):
        entry = _made(make, last if since is None else min(since, last))
        if stamps.newest(entry.places) <= entry.stamp:
            _store(key, entry)
        return entry.value
    note(*entry.collected.tags)
    note_end(entry.collected.ends)
    return entry.value


def can_keep() -> bool:
    """Return whether values can be kept: not in a transaction, while drafts are drawn, without the file of stamps,
    and while the stamps of other servers are not known."""
    return _stamps() is not None


def moment() -> int:
    """Return the last stamp; 0, since when nothing is fresh, where it is not known."""
    stamps = _stamps()
    return stamps.last if stamps else 0


def clear() -> None:
    """Keep nothing of what was made until now."""
    with _lock:
        _entries.clear()


def in_transaction() -> bool:
    return connection.in_atomic_block


def _stamps() -> StampFile | None:
    """Return the stamps by which values are known to be fresh; None in a transaction, while drafts are drawn,
    without the file, and while the stamps of other servers are not known."""
    if in_transaction() or draws_drafts():
        return None
    try:
        stamps = stamp_file()
    except OSError as error:
        logger.warning("Nothing is kept: %s", error)
        return None
    is_known = not settings.STAMPS_URL or time.time() - stamps.followed_at < OUTDATED
    return stamps if is_known else None


def _is_fresh(entry: _Entry, stamps: StampFile, last: int) -> bool:
    if time.time() >= entry.until or entry.stamp > last:
        return False
    if entry.checked != last:
        if stamps.newest(entry.places) > entry.stamp:
            return False
        entry.checked = last
    return True


def _made(make: Callable[[], Any], last: int) -> _Entry:
    with collecting() as collected:
        value = make()
    until = min(each.timestamp() for each in (end_of_today(), collected.ends) if each)
    return _Entry(value, collected, places_of(collected.tags), last, until)


def _store(key: Hashable, entry: _Entry) -> None:
    with _lock:
        _entries[key] = entry
        _entries.move_to_end(key)
        while len(_entries) > MOST:
            _entries.popitem(last=False)
