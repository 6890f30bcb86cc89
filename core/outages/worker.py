"""How the worker comes through an outage of PostgreSQL."""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connections

from core.outages.errors import is_outage
from core.outages.postgresql import watch

logger = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds before it goes on, where the server takes connections and ends them."""


def through_outages(run: Callable[[], object]) -> None:
    """Call `run` until it ends by itself: anew whenever the database went away in it, and not before its return.
    What a frozen server had begun to do goes on when it does."""
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
    try:
        run()
    except (OperationalError, InterfaceError) as error:
        if not is_outage(error):
            raise
        return False
    return True
