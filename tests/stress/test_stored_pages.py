"""Stored pages of the shipped server: what one of two servers changes the other shows, and what was removed nobody
shows, even if the process dies between the commit and the stamp."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.stress import stored
from tests.stress.readable import make_readable
from tests.stress.readers import Got, Readers
from tests.stress.server import Server
from tests.stress.services import PostgreSQL, Redis

WITHIN = 1.0
"""Seconds in which the other server shows a change."""


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
    return condition()


def story_of(addresses: list[str]) -> str:
    return next(each for each in addresses if each.startswith("/en/news/"))


def asked(server: Server, address: str) -> Got:
    return Readers(server.port, [address]).ask(address)


def is_stored(got: Got) -> bool:
    return got.headers.get("Cache-Status", "") == "site; hit"


def is_stored_soon(server: Server, address: str) -> bool:
    return within(10, lambda: is_stored(asked(server, address)))


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Server, Server, Redis, str]]:
    with PostgreSQL() as postgresql, Redis(tmp_path / "redis") as redis:
        settings = {"postgresql": postgresql.url, "STAMPS_URL": redis.url}
        with Server(tmp_path / "one", **settings) as one:
            address = story_of(one.call(make_readable.__module__, make_readable.__name__))
            other = Server(tmp_path / "other", **settings)
            other.folder.mkdir()
            other.database_url = one.database_url
            try:
                one.start()
                other.start()
                yield one, other, redis, address
            finally:
                other.stop()


def test_two_servers__show_what_either_has_changed(two):
    one, other, redis, address = two
    for server in (one, other):
        assert is_stored_soon(server, address)
    one.call(stored.__name__, stored.retitle.__name__, "After the change")
    began = time.monotonic()
    assert within(WITHIN, lambda: "After the change" in asked(other, address).body)
    print(f"\nShown by the other server {time.monotonic() - began:.2f} s after the change")
    assert within(WITHIN, lambda: is_stored(asked(other, address)))

    redis.stop()
    assert within(3, lambda: "Cache-Status" not in asked(other, address).headers)
    assert asked(other, address).status == 200
    redis.start()
    assert is_stored_soon(other, address)


def test_removed_story__is_not_shown_by_who_was_not_told(tmp_path: Path):
    with Server(tmp_path / "site") as server:
        address = story_of(server.call(make_readable.__module__, make_readable.__name__))
        server.command("publish_scheduled")
        server.start(worker=True)
        lists = ["/en/", "/en/news/", "/en/feeds/news.atom"]
        for each in (address, *lists):
            assert "A morning" in asked(server, each).body
            assert is_stored_soon(server, each)
        dies = f"from {stored.__name__} import unpublish_and_die; unpublish_and_die()"
        with pytest.raises(subprocess.CalledProcessError):
            server.manage("shell", "-c", dies)
        assert asked(server, address).status == 404
        assert not any("A morning" in asked(server, each).body for each in lists)
        server.command("publish_scheduled")
        assert asked(server, address).status == 404
        assert not any("A morning" in asked(server, each).body for each in lists)
        assert is_stored_soon(server, "/en/news/")
