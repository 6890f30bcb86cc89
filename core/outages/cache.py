"""The cache in Redis, and in the memory of this process while Redis does not answer."""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.exceptions import ImproperlyConfigured
from redis import Redis
from redis.exceptions import RedisError

from core.outages.breaker import Breaker

PATIENCE = 0.2
"""Seconds for Redis to take a connection or to answer."""
KEPT = 60
"""Seconds that a process keeps what it caches by itself, where other processes do not see what has changed."""
ENTRIES = 10_000
AT_ONCE = 1_000


def _either(name: str, writes: bool) -> Callable[..., Any]:
    """Return the method `name` of a cache, which asks Redis or, while it does not answer, this process."""

    def method(self: "RedisCache", *args: Any, **kwargs: Any):
        outage = self._outage
        while True:
            if outage.breaker.is_open:
                outage.has_written |= writes
                answer = getattr(self._in_process, name)(*args, **kwargs)
                if not writes or outage.breaker.is_open:
                    return answer
                # Redis came back meanwhile and has not got it.
            try:
                return getattr(super(RedisCache, self), name)(*args, **kwargs)
            except RedisError as error:
                outage.has_written |= writes
                outage.breaker.open(error)

    method.__name__ = name
    return method


class RedisCache(DjangoRedisCache):
    """Django's cache in Redis that fails for nobody.

    A call that Redis does not answer in time is answered by the memory of this process, and so are all calls after
    it until Redis answers again. If anything was written or deleted meanwhile, all keys with the cache's prefix
    are deleted from Redis first: it may hold what has changed since. `KEY_PREFIX` must be set.
    """

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        options = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        if not self.key_prefix:
            raise ImproperlyConfigured("The cache in Redis needs a KEY_PREFIX, by which its keys are known.")
        self._outage = _outage_of(self)
        in_process = {**params, "OPTIONS": {"MAX_ENTRIES": ENTRIES}}
        self._in_process = _InProcess(f"{self._servers}{self.key_prefix}", in_process)

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
    def get_backend_timeout(self, timeout: float | None = DEFAULT_TIMEOUT) -> float:
        latest = time.time() + KEPT
        expires_at = super().get_backend_timeout(timeout)
        return latest if expires_at is None else min(expires_at, latest)


@dataclass
class _Outage:
    """What the caches of all threads know of one Redis. Django makes a cache for each thread."""

    cache: RedisCache
    has_written: bool = False
    breaker: Breaker = field(init=False)

    def __post_init__(self) -> None:
        self.breaker = Breaker("Redis", self._ask, self._is_back)

    def _ask(self) -> None:
        """Raise RedisError where Redis does not answer or does not let itself be cleared."""
        self._redis.ping()
        self._delete_outdated()

    def _is_back(self) -> None:
        self.cache._in_process.clear()
        # Of a thread that wrote between the question and the answer.
        self._delete_outdated()

    def _delete_outdated(self) -> None:
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
        return self.cache._cache.get_client(write=True)


_outages: dict[tuple[str, ...], _Outage] = {}


def _outage_of(cache: RedisCache) -> _Outage:
    servers: Iterable[str] = cache._servers
    return _outages.setdefault((*servers, cache.key_prefix), _Outage(cache))
