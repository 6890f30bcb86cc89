"""Restarting the worker's loop after an outage of PostgreSQL."""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connections

from core.outages.errors import is_outage
from core.outages.postgresql import watch

logger = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds to wait before a restart, in case the server takes connections only to end them."""


def through_outages(run: Callable[[], object]) -> None:
    """Call `run` until it returns. After an error that an outage caused, wait for the database and call it again;
    other errors are raised. A query to a frozen server waits and goes on with the server."""
    watch.start(gives_up=False)
    try:
        while not _has_ended(run):
            connections.close_all()
            watch.look()
            watch.breaker.wait()
            time.sleep(PAUSE)
            logger.warning("The worker begins anew")
    finally:
        watch.stop()


def _has_ended(run: Callable[[], object]) -> bool:
    """Call `run` and return True, or False if an outage interrupted it; other errors are raised."""
    try:
        run()
    except (OperationalError, InterfaceError) as error:
        if not is_outage(error):
            raise
        return False
    return True
