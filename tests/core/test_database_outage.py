"""How the engine of PostgreSQL, the commands and the worker find out that the server is away or frozen."""

import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError

from core.outages import worker
from core.outages.breaker import Breaker
from core.outages.errors import is_outage
from core.outages.postgresql import watch
from core.outages.postgresql.base import DatabaseWrapper
from site_cms.settings import environment
from tests.outage_errors import CLOSED, as_django, coded
from tests.stress.services import HOST, PostgreSQL, free_port

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def _databases_of_their_own(django_db_blocker) -> Iterator[None]:
    """None of these tests but one asks the database of the others."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def watched(monkeypatch) -> Iterator[None]:
    watch.start(gives_up=True)
    yield
    watch.stop()


def database_at(url: str, monkeypatch: pytest.MonkeyPatch) -> DatabaseWrapper:
    """Return the engine for an address, with a breaker that asks there."""
    defaults: dict[str, Any] = {"AUTOCOMMIT": True, "TIME_ZONE": None, "ATOMIC_REQUESTS": False, "OPTIONS": {}}
    wrapper = DatabaseWrapper({**defaults, **environment.database(url), "CONN_HEALTH_CHECKS": True}, "outage")
    asked = wrapper.get_connection_params()
    monkeypatch.setattr(watch, "breaker", Breaker("PostgreSQL", lambda: psycopg2.connect(**asked).close()))
    return wrapper


def seconds(call) -> float:
    began = time.monotonic()
    call()
    return time.monotonic() - began


def refused(wrapper: DatabaseWrapper, sql: str = "SELECT 1") -> None:
    with pytest.raises((OperationalError, InterfaceError)) as caught, wrapper.cursor() as cursor:
        cursor.execute(sql)
    assert is_outage(caught.value)


@pytest.mark.parametrize("how", ["away", "silent"])
def test_engine__waits_for_a_connection_once(how, watched, monkeypatch, caplog):
    with socket.create_server((HOST, 0)) as listening:
        port = listening.getsockname()[1] if how == "silent" else free_port()
        wrapper = database_at(f"postgres://site@{HOST}:{port}/site", monkeypatch)

        assert seconds(lambda: refused(wrapper)) < watch.CONNECTING + 2
        assert seconds(lambda: [refused(wrapper) for _time in range(20)]) < 1
        time.sleep(watch.CONNECTING)
        assert seconds(lambda: refused(wrapper)) < 1
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1, lines
    assert lines[0].startswith("PostgreSQL does not answer: OperationalError: ")
    assert "\n" not in lines[0]


@pytest.mark.parametrize("given", ["postgres://site@db/site", "postgresql://site@db/site"])
def test_environment__serves_postgresql_with_the_engine_that_notices(given):
    assert environment.database(given)["ENGINE"] == "core.outages.postgresql"


def test_engine__leaves_what_the_address_says_of_connections(watched, monkeypatch):
    url = f"postgres://site@{HOST}:{free_port()}/site?connect_timeout=7&options=-c%20statement_timeout%3D5s"
    params = database_at(url, monkeypatch).get_connection_params()

    assert str(params["connect_timeout"]) == "7"
    assert params["keepalives"] == 1
    # The last one counts.
    assert params["options"].startswith("-c statement_timeout=30s")
    assert params["options"].endswith("-c statement_timeout=5s")


@pytest.mark.parametrize("command", ["publish_scheduled", "send_notices", "recorded_work"])
@pytest.mark.parametrize("how", ["away", "silent"])
def test_command__ends_with_one_line(command, how):
    with socket.create_server((HOST, 0)) as listening:
        port = listening.getsockname()[1] if how == "silent" else free_port()
        done = subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "DJANGO_SETTINGS_MODULE": "site_cms.settings.test",
                "DATABASE_URL": f"postgres://site@{HOST}:{port}/site",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    assert done.returncode == 1
    assert done.stderr.startswith("PostgreSQL does not answer: OperationalError: ")
    assert done.stderr.count("\n") == 1


def test_publish_scheduled__stops_where_the_database_goes_away(db, monkeypatch, caplog):
    done = []

    def gone():
        raise as_django(CLOSED)

    monkeypatch.setattr("core.periodic._deeds", [gone, lambda: done.append("next")])

    with pytest.raises(OperationalError):
        call_command("publish_scheduled")

    assert done == []
    assert "Traceback" not in caplog.text


def test_worker__begins_anew_when_the_database_is_back(monkeypatch, caplog):
    monkeypatch.setattr(worker, "PAUSE", 0)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    away = [True]

    def ask():
        if away[0]:
            raise CLOSED

    monkeypatch.setattr(watch, "breaker", Breaker("PostgreSQL", ask))
    runs = []

    def run():
        runs.append(away[0])
        if len(runs) == 1:
            threading.Timer(1, away.__setitem__, [0, False]).start()
            raise as_django(CLOSED)

    worker.through_outages(run)

    assert runs == [True, False]
    lines = [record.getMessage().split(":")[0][:24] for record in caplog.records]
    assert lines == ["PostgreSQL does not answ", "PostgreSQL answers again", "The worker begins anew"]


def test_worker__ends_with_any_other_error():
    def run():
        raise as_django(coded("57014"))

    with pytest.raises(OperationalError):
        worker.through_outages(run)
    assert not watch.is_on()


# -- A server of its own, frozen


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with PostgreSQL() as postgresql:
        yield postgresql


@pytest.fixture
def thawed(server) -> Iterator[PostgreSQL]:
    yield server
    server.thaw()


def answer(wrapper: DatabaseWrapper, sql: str) -> object:
    with wrapper.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_frozen__query_on_an_open_connection_ends(thawed, watched, monkeypatch):
    wrapper = database_at(thawed.url, monkeypatch)
    assert answer(wrapper, "SELECT 1") == 1
    thawed.freeze()

    assert seconds(lambda: refused(wrapper)) < watch.SILENT + watch.CONNECTING + 2
    # As Django does at the end of a request and at the beginning of the next.
    assert seconds(wrapper.close_if_unusable_or_obsolete) < 1
    assert seconds(lambda: refused(wrapper)) < 1

    thawed.thaw()
    assert seconds(watch.breaker.wait) < 3
    assert answer(wrapper, "SELECT 2") == 2
    wrapper.close()


def test_frozen__transaction_ends_and_leaves_nothing(thawed, watched, monkeypatch):
    wrapper = database_at(thawed.url, monkeypatch)
    answer(wrapper, "CREATE TABLE IF NOT EXISTS kept (n int); SELECT 1")

    def write():
        wrapper.set_autocommit(False)
        with wrapper.cursor() as cursor:
            cursor.execute("INSERT INTO kept VALUES (1)")
            thawed.freeze()
            cursor.execute("INSERT INTO kept VALUES (2)")

    with pytest.raises(OperationalError):
        write()
    wrapper.close()
    thawed.thaw()
    watch.breaker.wait()
    other = database_at(thawed.url, monkeypatch)
    assert answer(other, "SELECT count(*) FROM kept") == 0
    other.close()


def test_slow_query__of_a_server_that_answers_goes_on(server, watched, monkeypatch):
    wrapper = database_at(server.url, monkeypatch)

    assert answer(wrapper, f"SELECT 1 FROM pg_sleep({watch.SILENT + 1.5})") == 1

    assert not watch.breaker.is_open
    assert answer(wrapper, "SHOW statement_timeout") == "30s"
    wrapper.close()


def test_frozen__worker_waits_for_the_answer(thawed, monkeypatch, caplog):
    caplog.set_level(logging.WARNING)
    watch.start(gives_up=False)
    try:
        wrapper = database_at(thawed.url, monkeypatch)
        assert answer(wrapper, "SHOW statement_timeout") == "0"
        thawed.freeze()
        threading.Timer(watch.SILENT + watch.CONNECTING + 2, thawed.thaw).start()

        assert answer(wrapper, "SELECT 3") == 3

        watch.breaker.wait()
        time.sleep(0.2)
        lines = [record.getMessage().split(":")[0][:24] for record in caplog.records]
        assert lines == ["PostgreSQL does not answ", "PostgreSQL answers again"]
        wrapper.close()
    finally:
        watch.stop()


def test_stopped__threads_are_told_at_once_and_it_heals(server, watched, monkeypatch):
    wrapper = database_at(server.url, monkeypatch)
    assert answer(wrapper, "SELECT 1") == 1
    server.stop()
    try:
        assert seconds(lambda: refused(wrapper)) < 1
        wrapper.close_if_unusable_or_obsolete()
        assert seconds(lambda: [refused(wrapper) for _time in range(20)]) < 1
    finally:
        server.start()
    assert seconds(watch.breaker.wait) < 3
    assert answer(wrapper, "SELECT 1") == 1
    wrapper.close()


def test_lost_connection__alone_stops_nobody_else(server, watched, monkeypatch):
    wrapper, other = (database_at(server.url, monkeypatch) for _one in range(2))
    pid = answer(wrapper, "SELECT pg_backend_pid()")
    assert answer(other, f"SELECT pg_terminate_backend({pid})")

    refused(wrapper)

    assert not watch.breaker.is_open
    wrapper.close_if_unusable_or_obsolete()
    assert answer(wrapper, "SELECT 1") == 1
    for each in (wrapper, other):
        each.close()


def test_rows__are_read_one_part_after_the_other(server, watched, monkeypatch):
    """A cursor in the server, as `iterator()` uses it, works while this process waits for itself."""
    wrapper = database_at(server.url, monkeypatch)
    wrapper.ensure_connection()
    with wrapper.chunked_cursor() as cursor:
        cursor.execute("SELECT generate_series(1, 5000)")
        assert len(cursor.fetchmany(2000)) == 2000
        assert len(cursor.fetchall()) == 3000
    wrapper.close()
