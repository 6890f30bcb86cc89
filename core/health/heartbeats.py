"""Heartbeats of the worker and the scheduler, stored in the database."""

import datetime
import logging
from threading import Event, Thread

from django.db import Error, connection
from django.utils import timezone

from core.health.models import Heartbeat
from core.outages.errors import is_outage

logger = logging.getLogger(__name__)

WORKER = "worker"
SCHEDULER = "scheduler"
LATE = {WORKER: datetime.timedelta(minutes=2), SCHEDULER: datetime.timedelta(minutes=5)}
"""Time without a heartbeat after which a process counts as dead."""
INTERVAL = 30.0
"""Seconds between two heartbeats of the worker."""


def beat(name: str) -> None:
    """Store that the process of this name runs now, in one statement."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=timezone.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )


def last_beats() -> dict[str, datetime.datetime]:
    """Return the time of the last heartbeat by the name of the process, in one query. Processes that never ran are
    missing."""
    return dict(Heartbeat.objects.values_list("name", "at"))


class Pulse(Thread):
    """A thread that writes a heartbeat every INTERVAL seconds, even while the main thread runs a long task."""

    def __init__(self, name: str) -> None:
        super().__init__(name=f"pulse of {name}", daemon=True)
        self.of = name
        self.ended = Event()

    def run(self) -> None:
        while True:
            try:
                beat(self.of)
            except Error as error:
                # The worker itself logs outages of the database.
                if not is_outage(error):
                    logger.warning(
                        "The sign of life of the %s could not be written: %s", self.of, type(error).__name__
                    )
            finally:
                connection.close()
            if self.ended.wait(INTERVAL):
                return

    def end(self) -> None:
        """Stop the thread and wait for its end."""
        self.ended.set()
        self.join()
