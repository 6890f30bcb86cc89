from django.db import models
from django.utils import timezone


class RecordedWork(models.Model):
    """A task that a committed change has made necessary and that is not done yet. There is one row for each time
    it was recorded; it is deleted when the task is done. Only `core.work` reads and writes these rows."""

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    """The name of a row or file; never content."""
    recorded_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    """The number of failed attempts."""
    next_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=200, blank=True)
    """Class of the exception and where it was raised, without the message, which may quote content."""

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["name", "next_at"], name="core_work_due")]
