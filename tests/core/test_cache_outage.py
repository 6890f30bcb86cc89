"""The cache while Redis is away, hangs and returns."""

import logging
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import BaseCache
from django.core.exceptions import ImproperlyConfigured

from core.outages import cache as outage
from core.outages.cache import RedisCache
from tests.stress.services import Redis, free_port

needs_redis = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")


def cache_at(url: str) -> BaseCache:
    return RedisCache(url, {"KEY_PREFIX": "test"})


@pytest.fixture(autouse=True)
def _forgotten():
    yield
    outage._outages.clear()


@pytest.fixture
def redis(tmp_path) -> Iterator[Redis]:
    with Redis(tmp_path / "redis") as server:
        yield server


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


def away(silent: str) -> str:
    return f"redis://127.0.0.1:{free_port()}/0"


def nowhere(silent: str) -> str:
    return "redis://cache.invalid:6379/0"


def hanging(silent: str) -> str:
    return silent


@pytest.mark.parametrize("where", [away, nowhere, hanging])
def test_cache__answers_by_itself_without_redis(silent, where, caplog):
    cache = cache_at(where(silent))
    began = time.monotonic()

    assert cache.get("home") is None
    cache.set("home", ["/en/"])
    assert cache.add("home", "other") is False
    assert cache.get("home") == ["/en/"]
    cache.set_many({"one": 1, "two": 2}, timeout=None)
    assert cache.get_many(["one", "two", "three"]) == {"one": 1, "two": 2}
    assert cache.incr("one") == 2
    assert cache.touch("one")
    assert "one" in cache
    assert cache.get_or_set("four", lambda: 4) == 4
    cache.delete_many(["one", "two"])
    assert cache.delete("home")
    assert cache.get("home") is None
    cache.clear()
    assert not cache.has_key("four")
    with pytest.raises(ValueError, match="not found"):
        cache.incr("one")

    # Once for all of them.
    assert time.monotonic() - began < 1
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1, lines
    assert lines[0].startswith("Redis does not answer: ")
    assert "\n" not in lines[0]


def test_cache__of_another_thread_knows_that_redis_hangs(silent):
    cache_at(silent).get("home")
    times = []

    def ask():
        began = time.monotonic()
        cache_at(silent).get("home")
        times.append(time.monotonic() - began)

    threads = [threading.Thread(target=ask) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(times) < outage.PATIENCE


def test_cache__keeps_by_itself_for_a_minute_at_most(silent, monkeypatch):
    cache = cache_at(silent)
    cache.set("home", "/en/", timeout=3600)
    cache.set("always", "/en/", timeout=None)
    cache.set("short", "/en/", timeout=5)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 6)
    assert cache.get_many(["home", "always", "short"]) == {"home": "/en/", "always": "/en/"}
    monkeypatch.setattr(time, "time", lambda: now + 61)
    assert cache.get_many(["home", "always"]) == {}


def wait_until_back(cache: Any) -> None:
    cache._outage.breaker.wait()
    time.sleep(0.1)


@needs_redis
@pytest.mark.parametrize("how", ["freeze", "stop"])
def test_cache__shows_nothing_stale_when_redis_returns(redis, how, caplog):
    caplog.set_level(logging.WARNING)
    cache, elsewhere = cache_at(redis.url), RedisCache(redis.url, {"KEY_PREFIX": "elsewhere"})
    cache.set("home", "/old/")
    cache.set("withdrawn", "her words")
    cache.set("untouched", "old", version=2)
    elsewhere.set("home", "/theirs/")
    assert cache.get("home") == "/old/"

    getattr(redis, how)()
    cache.set("home", "/new/")
    assert cache.delete("withdrawn") is False
    assert cache.get("home") == "/new/"
    {"freeze": redis.thaw, "stop": redis.start}[how]()
    wait_until_back(cache)

    assert cache.get_many(["home", "withdrawn"]) == {}
    assert cache.get("untouched", version=2) is None
    cache.set("home", "/newer/")
    assert cache_at(redis.url).get("home") == "/newer/"
    if how == "freeze":
        # Another site in the same Redis has lost nothing.
        assert elsewhere.get("home") == "/theirs/"
    lines = [record.getMessage() for record in caplog.records]
    assert [line[:22] for line in lines] == ["Redis does not answer:", "Redis answers again af"], lines


@needs_redis
def test_cache__that_was_only_read_keeps_what_redis_holds(redis):
    cache = cache_at(redis.url)
    cache.set("home", "/en/")

    redis.freeze()
    assert cache.get("home") is None
    redis.thaw()
    wait_until_back(cache)

    assert cache.get("home") == "/en/"


@needs_redis
def test_cache__forgets_at_the_next_outage_what_it_kept_in_the_last(redis):
    cache = cache_at(redis.url)
    for _time in range(2):
        redis.freeze()
        assert cache.get("home") is None
        cache.set("home", "kept")
        assert cache.get("home") == "kept"
        redis.thaw()
        wait_until_back(cache)


@needs_redis
def test_cache__that_redis_lets_nobody_write_to_stays_in_the_process(redis):
    cache = cache_at(redis.url)
    cache.set("home", "/old/")
    cache._cache.get_client().config_set("min-replicas-to-write", 1)

    cache.set("home", "/new/")
    time.sleep(1.2)

    assert cache._outage.breaker.is_open
    assert cache.get("home") == "/new/"
    cache._cache.get_client().config_set("min-replicas-to-write", 0)
    wait_until_back(cache)
    assert cache.get("home") is None


@needs_redis
def test_cache__of_many_threads_loses_no_deletion(redis):
    """Threads write and delete while Redis comes and goes; what each deleted last is nowhere afterwards."""
    end = time.monotonic() + 4

    def work(number: int):
        cache = cache_at(redis.url)
        while time.monotonic() < end:
            cache.set(f"key-{number}", "old")
            cache.delete(f"key-{number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while time.monotonic() < end - 1:
        redis.freeze()
        time.sleep(0.4)
        redis.thaw()
        time.sleep(0.7)
    for thread in threads:
        thread.join()
    cache = cache_at(redis.url)
    wait_until_back(cache)
    assert cache.get_many([f"key-{number}" for number in range(4)]) == {}


def test_cache__in_redis_needs_a_prefix():
    with pytest.raises(ImproperlyConfigured, match="KEY_PREFIX"):
        RedisCache("redis://cache:6379/0", {})
