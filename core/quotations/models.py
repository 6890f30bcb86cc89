from django.conf import settings
from django.db import models


class PassageStatement(models.Model):
    """An editor's statement that nobody private is quoted in a passage. It holds wherever in the object the same
    words are attributed to the same person. Only a hash is stored, so that no words that are withdrawn later
    remain here.

    A row with `translates` is no statement: it records that this passage of a translation went live as the
    translation of that passage of the source.
    """

    object_key = models.UUIDField()
    """The translation key of the object."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the translation key, the words of the passage and the words that attribute them."""
    translates = models.CharField(max_length=64, blank=True)
    """Digest of the passage of the source."""
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    stated_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "digest", "translates"], name="core_passage_statement_once"
            )
        ]
