"""A logging filter that keeps the log readable during an outage of the database."""

import logging

from core.outages.errors import is_outage
from core.outages.postgresql import watch


class WithoutOutages(logging.Filter):
    """A filter that drops errors caused by an outage of PostgreSQL, which the breaker has logged already."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not (watch.breaker.was_just_open and is_outage(error))
