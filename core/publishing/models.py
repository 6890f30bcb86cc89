from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import Revision

from core.typed import Translatable


class PublishConfirmationQuerySet(models.QuerySet[Any]):
    """Queries on confirmations."""

    def of(self, subject: Translatable) -> "PublishConfirmationQuerySet":
        """Return the confirmations for any revision of an object, the newest first."""
        content_type = ContentType.objects.get_for_model(subject, for_concrete_model=False)
        revisions = {"revision__object_id": str(subject.pk), "revision__content_type": content_type}
        return self.filter(**revisions).order_by("-at", "-pk")


class PublishConfirmation(models.Model):
    """The confirmation that somebody has read which names, faces and words become public with a revision. The list
    is stored as the rows that hold them, with a keyed hash of each item, so that no withdrawn words remain
    here."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="publish_confirmations")
    digest = models.CharField(max_length=64)
    items = models.JSONField(default=list)
    """[{"kind": "name", "key": "campaigns.person:7", "mark": HMAC-SHA-256}]"""
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    """None if a command has confirmed it."""
    at = models.DateTimeField(default=timezone.now)

    objects = PublishConfirmationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "digest"], name="core_confirmation_of_revision")
        ]
