"""Sessions of a user."""

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.internals.django import SESSION_KEY


def sessions_of(user: User) -> list[str]:
    """Return the keys of the user's sessions that have not expired. Reads all such sessions of the site, including
    those of readers who have entered the password of a private page."""
    found = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    return [session.pk for session in found if session.get_decoded().get(SESSION_KEY) == str(user.pk)]


def end_sessions(user: User) -> int:
    """Delete all unexpired sessions of the user, and return how many there were."""
    keys = sessions_of(user)
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)
