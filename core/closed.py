from django.db import models
from django.utils import timezone
from wagtail.models import Page


class ClosedPage(models.Model):
    """A live page that is to be unpublished or deleted together with many others by recorded work
    (`core.publishing.gate.closing`), and that no reader sees any more."""

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="+")
    closed_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True
