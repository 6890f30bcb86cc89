"""Keeps the log readable while the database is away."""

import logging

from core.outages.errors import is_outage
from core.outages.postgresql import watch


class WithoutOutages(logging.Filter):
    """Drops the errors of an outage that has been logged once: they differ in their addresses only."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not (watch.breaker.was_just_open and is_outage(error))
