"""A cache backend for Redis that uses the memory of the process while Redis does not answer."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.exceptions import ImproperlyConfigured
from redis import Redis
from redis.exceptions import RedisError

from core.internals.django import DEFAULT_TIMEOUT, redis_client, server_addresses
from core.outages.breaker import Breaker

PATIENCE = 0.2
"""Seconds to wait for a connection or an answer of Redis."""
KEPT = 60
"""Longest time in seconds that an entry stays in the memory of a process, as other processes cannot delete it."""
ENTRIES = 10_000
"""Most entries in the memory of a process."""
AT_ONCE = 1_000
"""Number of keys that are deleted from Redis in one command."""


def _either(name: str, writes: bool) -> Callable[..., Any]:
    """Return the cache method `name`, which uses Redis or, while Redis does not answer, the memory of the process.
    `writes` says that it changes entries: what it writes in an outage makes Redis outdated."""

    def method(self: "RedisCache", *args: Any, **kwargs: Any) -> Any:
        outage = self._outage
        while True:
            if outage.breaker.is_open:
                outage.has_written |= writes
                answer = getattr(self._in_process, name)(*args, **kwargs)
                if not writes or outage.breaker.is_open:
                    return answer
                # Redis answers again but has not got this change.
            try:
                return getattr(super(RedisCache, self), name)(*args, **kwargs)
            except RedisError as error:
                outage.has_written |= writes
                outage.breaker.open(error)

    method.__name__ = name
    return method


class RedisCache(DjangoRedisCache):
    """Django's Redis cache, which raises no errors during an outage.

    A call that Redis does not answer in time uses the memory of this process, and so do all later calls until
    Redis answers again. If anything was written or deleted meanwhile, all keys with the cache's prefix are first
    deleted from Redis, as they may be outdated. KEY_PREFIX must be set.
    """

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        options = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        if not self.key_prefix:
            raise ImproperlyConfigured("The cache in Redis needs a KEY_PREFIX, by which its keys are known.")
        self._outage = _outage_of(self)
        in_process = {**params, "OPTIONS": {"MAX_ENTRIES": ENTRIES}}
        self._in_process = _InProcess(f"{server_addresses(self)}{self.key_prefix}", in_process)

    add = _either("add", writes=True)
    get = _either("get", writes=False)
    set = _either("set", writes=True)
    touch = _either("touch", writes=True)
    delete = _either("delete", writes=True)
    get_many = _either("get_many", writes=False)
    has_key = _either("has_key", writes=False)
    incr = _either("incr", writes=True)
    set_many = _either("set_many", writes=True)
    delete_many = _either("delete_many", writes=True)
    clear = _either("clear", writes=True)


class _InProcess(LocMemCache):
    """A cache in memory whose entries expire after KEPT seconds at the latest."""

    def get_backend_timeout(self, timeout: float | None = DEFAULT_TIMEOUT) -> float:
        """Return the time at which an entry expires, at most KEPT seconds from now."""
        latest = time.time() + KEPT
        expires_at = super().get_backend_timeout(timeout)
        return latest if expires_at is None else min(expires_at, latest)


@dataclass
class _Outage:
    """The state of one Redis server, shared by the caches of all threads, as Django makes one cache per thread."""

    cache: RedisCache
    has_written: bool = False
    breaker: Breaker = field(init=False)

    def __post_init__(self) -> None:
        self.breaker = Breaker("Redis", self._ask, self._is_back)

    def _ask(self) -> None:
        """Raise RedisError if Redis does not answer or outdated keys cannot be deleted."""
        self._redis.ping()
        self._delete_outdated()

    def _is_back(self) -> None:
        self.cache._in_process.clear()
        # A thread may have written after `_ask` deleted the outdated keys.
        self._delete_outdated()

    def _delete_outdated(self) -> None:
        """Delete all keys with the cache's prefix from Redis if any thread has written during the outage. Raise
        RedisError if that fails; it is then tried again."""
        while self.has_written:
            self.has_written = False
            try:
                self._delete_all()
            except RedisError:
                self.has_written = True
                raise

    def _delete_all(self) -> None:
        prefix = re.sub(r"([*?\[\]\\])", r"\\\1", self.cache.key_prefix)
        keys = self._redis.scan_iter(match=f"{prefix}:*", count=AT_ONCE)
        while some := list(islice(keys, AT_ONCE)):
            self._redis.unlink(*some)

    @property
    def _redis(self) -> Redis:
        return redis_client(self.cache)


_outages: dict[tuple[str, ...], _Outage] = {}


def _outage_of(cache: RedisCache) -> _Outage:
    return _outages.setdefault((*server_addresses(cache), cache.key_prefix), _Outage(cache))
