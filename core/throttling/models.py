from django.db import models


class AttemptCounter(models.Model):
    """Tries at a secret under one key, until the end of the key's period. Only `core.throttling.attempts` reads
    and writes these."""

    key = models.CharField(max_length=64, primary_key=True)
    """A keyed hash: it names neither a user nor an address."""
    count = models.PositiveIntegerField()
    ends_at = models.BigIntegerField(db_index=True)
    """Seconds since 1970."""

    wagtail_reference_index_ignore = True
