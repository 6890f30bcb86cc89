from django.conf import settings
from django.db import models


class PassageStatement(models.Model):
    """An editor's statement that nobody private is quoted in a passage. It holds for the words of the passage
    wherever in the object they stand as those of the same person. It keeps only a hash of them: words that are
    withdrawn later are not here.

    One with `translates` was not stated but taken over: this passage of a translation went live for that passage
    of the source."""

    object_key = models.UUIDField()
    """The translation key of the object."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the key, the words of the passage and the name or age of who says them."""
    translates = models.CharField(max_length=64, blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    stated_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "digest", "translates"], name="core_passage_statement_once"
            )
        ]
