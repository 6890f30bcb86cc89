"""Notices that PostgreSQL is away or does not answer, in the processes that serve pages and in the worker.

libpq ends no query on an open connection to a server that is frozen: its kernel goes on answering TCP. So these
processes wait for each answer themselves. A query may take its time as long as the server takes new connections.
"""

import select
import time

import psycopg2
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg2 import extensions

from core.outages.breaker import Breaker

CONNECTING = 2
"""Seconds for the server to take a connection; libpq knows no less."""
SILENT = 1.5
"""Seconds without an answer to a query, after which the server is asked for a connection."""
GIVEN_UP = 0.5
"""Seconds that a query waits while the server is known not to answer."""
SLICE = 0.25

_EVENTS = {extensions.POLL_READ: select.POLLIN, extensions.POLL_WRITE: select.POLLOUT}
_CONNECTED = 0
"""libpq's CONNECTION_OK, as `connection.info.status` has it."""


def _connect() -> None:
    """Raise OperationalError where the server takes no connection."""
    params = connections[DEFAULT_DB_ALIAS].get_connection_params()
    psycopg2.connect(**params).close()


breaker = Breaker("PostgreSQL", _connect)
_is_on = False
_gives_up = False


def start(gives_up: bool) -> None:
    """Have this process notice when the server does not answer. One that serves pages gives up then, so that
    readers are told; the worker waits for the server's return.

    psycopg2 knows no COPY and no large objects afterwards.
    """
    global _is_on, _gives_up
    _is_on, _gives_up = True, gives_up
    extensions.set_wait_callback(_wait)


def stop() -> None:
    global _is_on
    _is_on = False
    extensions.set_wait_callback(None)


def is_on() -> bool:
    return _is_on


def gives_up() -> bool:
    return _is_on and _gives_up


def look() -> None:
    """Find out whether the server answers now, and note it."""
    if _is_on:
        breaker.answers(believed=0)


def _wait(connection: extensions.connection) -> None:
    """psycopg2's wait callback. Raises OperationalError, after which psycopg2 closes the connection."""
    began = time.monotonic()
    while (state := connection.poll()) != extensions.POLL_OK:
        if state not in _EVENTS:
            raise psycopg2.OperationalError(f"The state of the connection is unknown: {state}.")
        if not _is_ready(connection.fileno(), _EVENTS[state]):
            _check(connection, time.monotonic() - began)


def _is_ready(descriptor: int, event: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, event)
    return bool(poll.poll(SLICE * 1000))


def _check(connection: extensions.connection, waited: float) -> None:
    """Raise OperationalError where waiting longer is of no use."""
    if connection.info.status != _CONNECTED:
        if waited > CONNECTING:
            raise psycopg2.OperationalError("The server takes no connection.")
    elif breaker.is_open:
        if waited > GIVEN_UP and _gives_up:
            raise psycopg2.OperationalError("The server does not answer.")
    elif waited > SILENT and not breaker.answers() and _gives_up:
        raise psycopg2.OperationalError("The server does not answer.")
