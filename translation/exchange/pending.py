"""Files that wait for somebody to look at what they would change."""

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
    """In place of what the user has left before, and of what is too old of anybody's."""
    over = models.Q(uploaded_by=user) | models.Q(uploaded_at__lt=timezone.now() - KEPT)
    PendingImport.objects.filter(over).delete()
    return PendingImport.objects.create(name=name[:255], files=stored(files), uploaded_by=user)
