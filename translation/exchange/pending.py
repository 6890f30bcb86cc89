"""Uploaded files that wait for a user to review what they would change."""

from collections.abc import Collection
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from translation.exchange.plan import stored
from translation.exchange.records import InFile
from translation.models import PendingImport

KEPT = timedelta(days=1)


def keep(name: str, files: Collection[InFile], user: User) -> PendingImport:
    """Store the records of an upload until the user applies them, and return the row. Delete the user's earlier
    one, and those of all users that are older than `KEPT`."""
    over = models.Q(uploaded_by=user) | models.Q(uploaded_at__lt=timezone.now() - KEPT)
    PendingImport.objects.filter(over).delete()
    return PendingImport.objects.create(name=name[:255], files=stored(files), uploaded_by=user)
