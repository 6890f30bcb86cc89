"""The model of counted attempts."""

from django.db import models


class AttemptCounter(models.Model):
    """The number of attempts under one key in its current period. Used only by `core.throttling.attempts`."""

    key = models.CharField(max_length=64, primary_key=True)
    """A keyed hash, so that no user names and addresses are stored."""
    count = models.PositiveIntegerField()
    ends_at = models.BigIntegerField(db_index=True)
    """End of the period in seconds since 1970."""

    wagtail_reference_index_ignore = True
