"""Connecting the package, from `AppConfig.ready()`."""

from core import periodic, rules
from core.consent import journal, wagtail_stores
from core.consent.withdrawals import forget_withheld
from core.consent.withheld import WithheldWords


def connect() -> None:
    """Register stores, journal entries, the daily job and the publishing check."""
    wagtail_stores.connect()
    journal.connect()
    periodic.register(forget_withheld)
    rules.register(WithheldWords())
