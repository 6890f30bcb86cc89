"""The model of pages that are hidden until recorded work unpublishes or deletes them."""

from django.db import models
from django.utils import timezone
from wagtail.models import Page


class ClosedPage(models.Model):
    """A mark on a live page that recorded work will unpublish or delete with many others
    (`core.publishing.closing`). Readers do not see the page any more."""

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="+")
    closed_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True
