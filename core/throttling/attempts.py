"""Counts tries at a secret before it is checked, for all processes and threads together.

A period begins with the first try under a key and lasts as long as its limit says. A try is counted before it is
checked, so that many at once are no more than the limit; whoever succeeded gives theirs back.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from core.throttling.models import AttemptCounter

MINUTES = 60

# One statement, so that nobody else counts in between. Both databases read it alike.
_COUNT = """
INSERT INTO {table} (key, count, ends_at) VALUES {rows}
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN {table}.ends_at <= %s THEN 1 ELSE {table}.count + 1 END,
    ends_at = CASE WHEN {table}.ends_at <= %s THEN excluded.ends_at ELSE {table}.ends_at END
RETURNING key, count, ends_at
"""


@dataclass(frozen=True)
class Limit:
    """At most `most` tries under `name` (what is counted, and for whom) in `seconds`."""

    name: str
    most: int
    seconds: int = 15 * MINUTES

    @property
    def key(self) -> str:
        return salted_hmac("core.throttling", self.name, algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class Try:
    wait: int = 0
    """Seconds until the next one; 0 where it was counted and may be made."""
    is_last: bool = False
    """Whether it has used up a limit."""


def take(limits: Iterable[Limit]) -> Try:
    """Count a try under each of the limits; where one of them is used up already, count nothing."""
    by_key = {limit.key: limit for limit in limits}
    now = int(time.time())
    if wait := _wait(AttemptCounter.objects.filter(key__in=by_key, ends_at__gt=now).values_list(), by_key, now, 0):
        return Try(wait)
    # In one order, so that two who count under the same keys never wait for each other.
    keys = sorted(by_key)
    rows = [value for key in keys for value in (key, 1, now + by_key[key].seconds)]
    sql = _COUNT.format(table=AttemptCounter._meta.db_table, rows=", ".join(["(%s, %s, %s)"] * len(keys)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*rows, now, now])
        counted = cursor.fetchall()
    if wait := _wait(counted, by_key, now, 1):
        give_back(by_key.values())
        return Try(wait)
    return Try(is_last=any(count == by_key[key].most for key, count, _ends in counted))


def _wait(rows: Iterable[tuple[str, int, int]], limits: dict[str, Limit], now: int, own: int) -> int:
    """`own`: how many of the counted tries are the one that is asked about."""
    return max((max(ends - now, 1) for key, count, ends in rows if count - own >= limits[key].most), default=0)


def give_back(limits: Iterable[Limit]) -> None:
    keys = [limit.key for limit in limits]
    AttemptCounter.objects.filter(key__in=keys, count__gt=0).update(count=F("count") - 1)


def forget(limits: Iterable[Limit]) -> None:
    AttemptCounter.objects.filter(key__in=[limit.key for limit in limits]).delete()


def forget_ended() -> None:
    """Delete what counts no more: once a minute, by `publish_scheduled`."""
    AttemptCounter.objects.filter(ends_at__lte=int(time.time())).delete()
