"""Limits on attempts at secrets, counted for all processes and threads together.

A period begins with the first attempt under a key and lasts as long as the limit says. Attempts are counted before
the secret is checked, so that simultaneous attempts cannot exceed the limit; successful ones are given back.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from core.internals.django import salted_hmac
from core.throttling.models import AttemptCounter

MINUTES = 60

# One atomic statement, valid in PostgreSQL and SQLite.
_COUNT = """
INSERT INTO {table} (key, count, ends_at) VALUES {rows}
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN {table}.ends_at <= %s THEN 1 ELSE {table}.count + 1 END,
    ends_at = CASE WHEN {table}.ends_at <= %s THEN excluded.ends_at ELSE {table}.ends_at END
RETURNING key, count, ends_at
"""


@dataclass(frozen=True)
class Limit:
    """A limit of `most` attempts in `seconds` under `name`, which says what is counted and for whom."""

    name: str
    most: int
    seconds: int = 15 * MINUTES

    @property
    def key(self) -> str:
        """Return a keyed hash of the name, under which attempts are stored."""
        return salted_hmac("core.throttling", self.name, algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class Try:
    """The result of counting an attempt."""

    wait: int = 0
    """Seconds until the next attempt; 0 if this one was counted and is allowed."""
    is_last: bool = False
    """Whether this attempt has used up a limit."""


def take(limits: Iterable[Limit]) -> Try:
    """Count an attempt under each of the limits and return the result; if one of them is used up already, count
    nothing and return the seconds to wait."""
    by_key = {limit.key: limit for limit in limits}
    now = int(time.time())
    if wait := _wait(AttemptCounter.objects.filter(key__in=by_key, ends_at__gt=now).values_list(), by_key, now, 0):
        return Try(wait)
    # Sorted, so that simultaneous statements with the same keys cannot deadlock.
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
    """Return the seconds until all limits allow another attempt, 0 if they do now. `rows` are key, count and end
    of each period; `own` is 1 if the counts include the current attempt, otherwise 0."""
    return max((max(ends - now, 1) for key, count, ends in rows if count - own >= limits[key].most), default=0)


def give_back(limits: Iterable[Limit]) -> None:
    """Subtract one attempt from the count of each of the limits, at least down to 0."""
    keys = [limit.key for limit in limits]
    AttemptCounter.objects.filter(key__in=keys, count__gt=0).update(count=F("count") - 1)


def forget(limits: Iterable[Limit]) -> None:
    """Delete the counts of the limits."""
    AttemptCounter.objects.filter(key__in=[limit.key for limit in limits]).delete()


def forget_ended() -> None:
    """Delete the counts whose period has ended. Called once a minute by `publish_scheduled`."""
    AttemptCounter.objects.filter(ends_at__lte=int(time.time())).delete()
