from django.db import models
from django.utils import timezone


class RecordedWork(models.Model):
    """Work that a committed change has made necessary and that is not done yet: one row for each time that it was
    recorded, deleted when it is done. Only `core.work` reads and writes these."""

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    """Names a row or a file, and never holds content."""
    recorded_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often it has failed."""
    next_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=200, blank=True)
    """The exception's class and where it was raised, without its message, which may quote content."""

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["name", "next_at"], name="core_work_due")]
