"""Stamps of several servers: what one changes, the other no longer shows."""

import shutil
import time
from collections.abc import Callable, Iterator

import pytest
from redis import Redis as Client
from redis.exceptions import RedisError

from core.stamps.file import StampFile, places_of
from core.stamps.redis import OUTDATED, Follower, RedisStamps
from core.stamps.tags import EVERYTHING
from tests.stress.services import Redis

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")


@pytest.fixture
def redis(tmp_path) -> Iterator[Redis]:
    with Redis(tmp_path / "redis") as server:
        yield server


@pytest.fixture
def file(tmp_path) -> StampFile:
    return StampFile(tmp_path / "stamps")


@pytest.fixture
def follower(redis, file) -> Follower:
    made = Follower(redis.url, file)
    made.follow()
    return made


def newest(file: StampFile, tag: str, removals: bool = False) -> int:
    return file.newest(places_of([tag]), removals)


def client_of(redis: Redis) -> Client:
    return Client.from_url(redis.url)


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


def test_change__reaches_the_other_server(redis, file, follower):
    before = file.last
    number = RedisStamps(redis.url).stamp(["page:1"])
    assert newest(file, "page:1") < number
    follower.follow()
    assert newest(file, "page:1") == file.last == number > before
    assert newest(file, "page:1", removals=True) < number
    assert newest(file, "page:2") < number


def test_removal__is_pending_until_it_is_stamped_again(redis, file, follower):
    stamps = RedisStamps(redis.url)
    stamps.stamp(["page:1"], removal=True, pending=True)
    follower.follow()
    assert newest(file, "page:1", removals=True) > time.time_ns() // 1000
    number = stamps.stamp(["page:1"], removal=True)
    follower.follow()
    assert newest(file, "page:1", removals=True) == number


def test_followers__run_in_one_process_and_keep_the_file_current(redis, file):
    first, second = Follower(redis.url, file), Follower(redis.url, file)
    assert not first.is_current
    first.start()
    second.start()
    assert within(5, lambda: first.is_current and second.is_current)
    number = RedisStamps(redis.url).stamp(["page:1"])
    assert within(1, lambda: newest(file, "page:1") == number)


@pytest.mark.parametrize("stamped", [[], ["page:3"]])
def test_emptied_redis__has_everything_rendered_anew(redis, file, follower, stamped):
    RedisStamps(redis.url).stamp(["page:1"])
    follower.follow()
    stored = file.last
    client_of(redis).flushall()
    for tag in stamped:
        RedisStamps(redis.url).stamp([tag])
    follower.follow()
    assert newest(file, EVERYTHING, removals=True) == file.last
    # What was stored before has a stamp that is not known any more, or an older one.
    assert file.last != stored
    RedisStamps(redis.url).stamp(["page:2"])
    follower.follow()
    assert newest(file, "page:2") == file.last


def test_redis_away__makes_the_file_outdated(redis, file, follower):
    assert follower.is_current
    redis.stop()
    with pytest.raises(RedisError):
        follower.follow()
    with pytest.raises(OSError, match="Redis does not answer"):
        RedisStamps(redis.url).stamp(["page:1"])
    assert within(OUTDATED + 1, lambda: not follower.is_current)
    redis.start()
    follower.follow()
    assert follower.is_current


def test_stamps__never_expire(redis):
    RedisStamps(redis.url).stamp(["page:1"])
    client = client_of(redis)
    assert {client.ttl(key) for key in client.scan_iter()} == {-1}
