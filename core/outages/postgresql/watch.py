"""Detection of outages of PostgreSQL in the processes that serve pages and in the worker.

libpq waits without end for a frozen server, whose kernel goes on answering TCP. Therefore these processes wait for
each answer themselves (psycopg2's wait callback). A query may take long as long as the server takes new
connections.
"""

import select
import time

import psycopg2
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg2 import extensions

from core.outages.breaker import Breaker

CONNECTING = 2
"""Seconds to wait for a connection, the least that libpq allows."""
SILENT = 1.5
"""Seconds without an answer to a query after which a new connection is tried."""
GIVEN_UP = 0.5
"""Seconds that a query waits while the server is known not to answer."""
SLICE = 0.25
"""Seconds between two checks of a waiting query."""

_EVENTS = {extensions.POLL_READ: select.POLLIN, extensions.POLL_WRITE: select.POLLOUT}
_CONNECTED = 0
"""libpq's CONNECTION_OK, as `connection.info.status` has it."""


def _connect() -> None:
    """Open and close a connection. Raise OperationalError if the server accepts none."""
    params = connections[DEFAULT_DB_ALIAS].get_connection_params()
    psycopg2.connect(**params).close()


breaker = Breaker("PostgreSQL", _connect)
_is_on = False
_gives_up = False


def start(gives_up: bool) -> None:
    """Start to detect outages in this process. With `gives_up`, for processes that serve pages, queries fail
    during an outage and long statements are ended; without, as in the worker, queries wait.

    COPY and large objects do not work in psycopg2 afterwards.
    """
    global _is_on, _gives_up
    _is_on, _gives_up = True, gives_up
    extensions.set_wait_callback(_wait)


def stop() -> None:
    """Stop detecting outages in this process; queries then wait for an answer in libpq."""
    global _is_on
    _is_on = False
    extensions.set_wait_callback(None)


def is_on() -> bool:
    """Return whether outages are detected in this process."""
    return _is_on


def gives_up() -> bool:
    """Return whether outages are detected in this process and its queries fail during one."""
    return _is_on and _gives_up


def look() -> None:
    """Ask the server now, and open the breaker if it does not answer; do nothing if outages are not detected
    here."""
    if _is_on:
        breaker.answers(believed=0)


def _wait(connection: extensions.connection) -> None:
    """Wait for an answer (psycopg2's wait callback). Raise OperationalError as `_check` during an outage; psycopg2
    then closes the connection."""
    began = time.monotonic()
    while (state := connection.poll()) != extensions.POLL_OK:
        if state not in _EVENTS:
            raise psycopg2.OperationalError(f"The state of the connection is unknown: {state}.")
        if not _is_ready(connection.fileno(), _EVENTS[state]):
            _check(connection, time.monotonic() - began)


def _is_ready(descriptor: int, event: int) -> bool:
    """Return whether the socket is ready for `event` within SLICE seconds."""
    poll = select.poll()
    poll.register(descriptor, event)
    return bool(poll.poll(SLICE * 1000))


def _check(connection: extensions.connection, waited: float) -> None:
    """Raise OperationalError if a connection is not made after CONNECTING seconds. If queries fail during an
    outage, raise it for one that waited GIVEN_UP seconds in a known outage, or SILENT seconds without one if the
    server does not answer now."""
    if connection.info.status != _CONNECTED:
        if waited > CONNECTING:
            raise psycopg2.OperationalError("The server takes no connection.")
    elif breaker.is_open:
        if waited > GIVEN_UP and _gives_up:
            raise psycopg2.OperationalError("The server does not answer.")
    elif waited > SILENT and not breaker.answers() and _gives_up:
        raise psycopg2.OperationalError("The server does not answer.")
