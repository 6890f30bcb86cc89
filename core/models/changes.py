from django.db import models


class Change(models.Model):
    """When what readers see of a page, or in a list, was last changed or taken away, by translation key: what is
    gone leaves no date of its own. Only `core.changes` reads and writes these."""

    key = models.UUIDField()
    code = models.CharField(max_length=10, blank=True)
    """The language that it changed in, empty for all."""
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "code"], name="core_change_once")]
