"""Redis and PostgreSQL are stopped and frozen while readers ask 5 times a second, through nginx where it is
installed. Printed is what they get in each second."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.stress import readable
from tests.stress.readable import NUMBER, make_readable
from tests.stress.readers import Got, Readers
from tests.stress.server import Server
from tests.stress.services import Nginx, PostgreSQL, Redis, Service

WORKERS = 2
BEFORE, AWAY, AFTER = 4, 15, 8
"""Seconds."""
HEALED = 3
"""Seconds after its return in which everything is as before."""
BUSY = 2
"""Seconds for an answer while nothing is away, above which requests wait for one another."""
LONGEST = 10
"""Seconds that anybody waits without PostgreSQL."""


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[tuple[Server, Readers]]:
    with ExitStack() as stack:
        server = stack.enter_context(Server(folder, WEB_CONCURRENCY=str(WORKERS), **settings))
        addresses = server.call(make_readable.__module__, make_readable.__name__)
        server.command("publish_scheduled")
        server.start(worker=True)
        state = folder / "state"
        nginx = stack.enter_context(Nginx(folder / "nginx", server.port, state)) if Nginx.program() else None
        readers = Readers(nginx.port if nginx else server.port, addresses, by_tls=nginx is not None)
        # Each process has been asked for everything.
        for _time in range(2 * WORKERS):
            for address in addresses:
                assert readers.ask(address).status == (404 if address == addresses[-1] else 200), address
        readers.got.clear()
        yield server, readers


def bring_back(service: Service, how: str) -> None:
    returns = {"stop": service.start, "freeze": service.thaw}[how]
    returns()


def away(readers: Readers, service: Service, how: str) -> tuple[float, float]:
    """Return when the service went away and when it was back."""
    with readers.asking():
        time.sleep(BEFORE)
        gone = readers.note(f"{type(service).__name__}: {how}")
        getattr(service, how)()
        time.sleep(AWAY)
        bring_back(service, how)
        back = readers.note("it is back")
        time.sleep(AFTER)
    print(f"\n{readers.table()}")
    return gone, back


def lines_of_log(server: Server) -> list[str]:
    """Return what it says but for the address that is not there."""
    lines = [line for line in server.log().splitlines() if line.strip() and " Not Found: " not in line]
    print("\n".join(["The log:", *lines[:20]]))
    return lines


@pytest.mark.parametrize("how", ["stop", "freeze"])
def test_redis__is_away_and_nobody_notices(tmp_path: Path, how: str):
    with (
        Redis(tmp_path / "redis") as redis,
        served(tmp_path / "site", CACHE_URL=redis.url) as (server, readers),
    ):
        gone, _back = away(readers, redis, how)
        lines = lines_of_log(server)

    assert len(readers.got) >= 4 * (BEFORE + AWAY + AFTER)
    assert {each.status for each in readers.got} == {200, 404}
    found = [line for line in lines if "Redis does not answer" in line]
    assert 1 <= len(found) <= WORKERS
    assert len([line for line in lines if "Redis answers again" in line]) == len(found)
    assert len(lines) == 2 * len(found), lines
    usual = max(each.seconds for each in readers.between(0, gone))
    if usual > BUSY:
        pytest.skip(f"The machine is too busy to say who waits for Redis: {usual:.1f} s before it went away")
    assert [each for each in readers.between(gone) if each.seconds > usual + 1] == []


def the_worker_goes_on(server: Server) -> None:
    task = server.call(readable.__name__, readable.enqueue.__name__)
    end = time.monotonic() + 60
    while not server.call(readable.__name__, readable.is_done.__name__, task):
        assert time.monotonic() < end, "The worker does nothing."


def the_server_starts_without(server: Server, readers: Readers, postgresql: PostgreSQL) -> None:
    server.stop()
    postgresql.stop()
    server.start(worker=True)
    assert readers.ask("/ru/").status == 503
    postgresql.start()
    back = time.monotonic()
    while readers.ask("/ru/").status != 200:
        assert time.monotonic() < back + HEALED, "The site does not heal."
        time.sleep(0.1)
    the_worker_goes_on(server)


@pytest.mark.parametrize("how", ["stop", "freeze"])
def test_postgresql__is_away_and_stored_pages_are_shown(tmp_path: Path, how: str):
    with PostgreSQL() as postgresql, served(tmp_path / "site", postgresql=postgresql.url) as (server, readers):
        asked = Readers(readers.port, readers.addresses, readers.by_tls)
        stored = {each for each in asked.addresses if "Cache-Status" in asked.ask(each).headers}
        assert stored
        getattr(postgresql, how)()
        try:
            for _time in range(WORKERS):
                assert {asked.ask(address).status for address in stored} == {200}
            assert readers.ask("/ru/search/?q=visa").status == 503
            if how == "stop":
                server.stop()
                server.start(worker=False)
                assert {asked.ask(address).status for address in stored} == {200}
        finally:
            # The server deletes its database at the end.
            bring_back(postgresql, how)


def is_in_the_readers_language(got: Got) -> bool:
    code = got.address.split("/")[1]
    if code == "api":
        return '"message"' in got.body
    # Where the address names no language, and the reader none: English.
    code = code if re.fullmatch(r"en|ru|tg|fa-af", code) else "en"
    text = re.sub(r"<[^>]+>", "", got.body)
    return f'<html lang="{code}"' in got.body and NUMBER in text and f"Line {code}" in text


@pytest.mark.parametrize("how", ["stop", "freeze"])
def test_postgresql__is_away_and_readers_are_told(tmp_path: Path, how: str):
    with (
        PostgreSQL() as postgresql,
        served(tmp_path / "site", postgresql=postgresql.url, PAGE_CACHE="off") as (server, readers),
    ):
        gone, back = away(readers, postgresql, how)
        the_worker_goes_on(server)
        lines = lines_of_log(server)
        if how == "stop":
            again = Readers(readers.port, readers.addresses, readers.by_tls)
            the_server_starts_without(server, again, postgresql)

    # What was asked for at the moment of the return may have been answered after it.
    without = [each for each in readers.between(gone + 0.5, back) if each.at + each.seconds < back]
    assert len(without) >= 4 * (AWAY - 1)
    assert {each.status for each in without} == {503}
    assert [(each.address, each.body) for each in without if not is_in_the_readers_language(each)] == []
    assert {each.headers["Retry-After"] for each in without} == {"10"}
    assert {each.headers["Cache-Control"] for each in without} == {"no-store"}
    assert max(each.seconds for each in readers.between(gone, back)) < LONGEST
    assert {each.status for each in readers.got} == {200, 404, 503}
    assert {each.status for each in readers.between(back + HEALED)} == {200, 404}
    # One line each way of each process: two that serve pages and the worker.
    assert not any("Traceback" in line for line in lines), lines
    assert len([line for line in lines if "PostgreSQL does not answer" in line]) <= WORKERS + 1
    assert len([line for line in lines if "PostgreSQL answers again" in line]) <= WORKERS + 1
