from django.db import models


class Change(models.Model):
    """The time of the last change or removal of what readers see of a page or in a list, by translation key. The
    row outlives deleted objects, which have no date of their own. Only `core.changes` reads and writes it."""

    key = models.UUIDField()
    code = models.CharField(max_length=10, blank=True)
    """Code of the language in which it changed; empty for all languages."""
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "code"], name="core_change_once")]
