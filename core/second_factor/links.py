"""Signed links that let a user add their first device. They are mailed or printed by a command, so that the
password alone is not enough."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.utils import get_admin_base_url

from core.internals.django import constant_time_compare, salted_hmac
from core.second_factor.devices import devices_of, persistent_ids

SALT = "core.second_factor.links"
VALID = 60 * 60
"""Seconds for which a link is valid."""
SESSION_KEY = "second_factor_link"


def link_for(user: User) -> str:
    """Return a link with which the user can add their first device; it is valid for an hour, until a device is
    added, or until password or mail address change."""
    token = signing.dumps({"user": user.pk, "state": _state(user)}, salt=SALT)
    return f"{get_admin_base_url()}{reverse('second_factor:link', args=[token])}"


def is_link_of(user: User, token: str) -> bool:
    """Return whether a token is from a link of the user that is still valid."""
    try:
        signed = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return False
    return signed["user"] == user.pk and constant_time_compare(signed["state"], _state(user))


def may_add_first(request: HttpRequest, user: User) -> bool:
    """Return whether a link of the user was opened in this session and is still valid."""
    return is_link_of(user, request.session.get(SESSION_KEY, ""))


def _state(user: User) -> str:
    """Return a digest of the stored password, mail address and devices; when one of them changes, links become
    invalid."""
    stored = get_user_model()._base_manager.get(pk=user.pk)
    state = f"{stored.password} {stored.email} {persistent_ids(devices_of(stored))}"
    return salted_hmac(SALT, state, algorithm="sha256").hexdigest()
