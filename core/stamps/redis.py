"""Stamps in Redis, for a site with several servers.

Whoever changes something writes its stamps to Redis alone. On each server one process (`Follower`) asks for new
ones and copies them to the server's file. While Redis does not answer, the file is out of date and pages are not
served from the page cache.

Redis must not evict the stamps: `maxmemory-policy noeviction` or `volatile-lru`, as they never expire.
"""

import fcntl
import logging
import os
import threading
import time
from collections.abc import Collection
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from core.stamps.file import Stamp, StampFile
from core.stamps.tags import EVERYTHING

logger = logging.getLogger(__name__)

PATIENCE = 0.2
"""Seconds to wait for a connection or an answer."""
INTERVAL = 0.05
"""Seconds between two questions for new stamps."""
OUTDATED = 1.0
"""Seconds after the last answer from which the file counts as out of date."""
KEPT = 24 * 3600 * 1_000_000
"""Microseconds for which stamps are kept; a server that was away for longer stamps everything."""
_KEYS = _STAMPS, _LAST, _SINCE = "stamps", "stamps:last", "stamps:since"
"""The stamps by tag, the last stamp, and the first one since Redis was empty."""
# Numbers are written with string.format, as Lua itself would round them.
_WRITE = """
local now = redis.call('TIME')
local stamp = now[1] * 1000000 + now[2]
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
if stamp <= last then stamp = last + 1 end
local written = string.format('%.0f', stamp)
for _, tag in ipairs(ARGV) do redis.call('ZADD', KEYS[1], written, tag) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', stamp - {kept}))
redis.call('SET', KEYS[2], written)
redis.call('SET', KEYS[3], written, 'NX')
return written
""".replace("{kept}", str(KEPT))
CHANGE, REMOVAL, PENDING = "c", "r", "p"
"""The first letters of members: a change, a removal, and a removal that is not committed yet."""


def connect(url: str) -> Redis:
    """Return a client of the Redis at this address, which gives up after PATIENCE seconds."""
    return Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


class RedisStamps:
    """The stamps in Redis, to be written by all processes of all servers."""

    def __init__(self, url: str) -> None:
        self._redis = connect(url)
        self._write = self._redis.register_script(_WRITE)

    def stamp(self, tags: Collection[str], removal: bool = False, pending: bool = False) -> int:
        """Stamp these tags as `StampFile.stamp` does, on all servers. Raise OSError if Redis does not answer."""
        letter = (PENDING if pending else REMOVAL) if removal else CHANGE
        try:
            return int(self._write(keys=_KEYS, args=[f"{letter}{tag}" for tag in tags]))
        except RedisError as error:
            raise OSError(f"Redis does not answer: {error}") from error


class Follower:
    """The copying of new stamps from Redis to the file of this server, by one process at a time."""

    def __init__(self, url: str, file: StampFile) -> None:
        self._redis = connect(url)
        self._file = file
        self._pid = 0
        self._starting = threading.Lock()

    def start(self) -> None:
        """Start the thread of this process if it does not run; after a fork, that of the parent does not."""
        with self._starting:
            if self._pid != os.getpid():
                self._pid = os.getpid()
                threading.Thread(target=self._run, daemon=True).start()

    @property
    def is_current(self) -> bool:
        """Return whether the file has been up to date in the last OUTDATED seconds."""
        return time.time() - self._file.followed_at < OUTDATED

    def _run(self) -> None:
        """Wait until no other process of this server follows, then follow as long as this process lives."""
        lock = os.open(Path(f"{self._file.path}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        was_away = False
        while True:
            try:
                self.follow()
                if was_away:
                    logger.warning("Stamps are followed again")
                was_away = False
            except (RedisError, OSError) as error:
                if not was_away:
                    logger.error("Stamps cannot be followed, pages are not served from the page cache: %s", error)
                was_away = True
            time.sleep(INTERVAL)

    def follow(self) -> None:
        """Copy the stamps that are newer than the file to it. Raise RedisError or OSError if that fails."""
        last = self._file.last
        with self._redis.pipeline() as pipeline:
            pipeline.mget(_LAST, _SINCE)
            pipeline.zrangebyscore(_STAMPS, f"({last}", "+inf", withscores=True)
            numbers, rows = pipeline.execute()
        newest, since = (int(number or 0) for number in numbers)
        if newest < last or since > last or newest - last > KEPT:
            # Redis was emptied, or this server was away for long: what was stamped meanwhile is not known.
            newest = newest or int(self._redis.register_script(_WRITE)(keys=_KEYS))
            self._file.apply([Stamp(EVERYTHING, newest, removal=True)], newest)
        else:
            stamps = [
                Stamp(name[1:], int(score), removal=name[0] != CHANGE, pending=name[0] == PENDING)
                for name, score in ((member.decode(), score) for member, score in rows)
            ]
            self._file.apply(stamps, newest)
