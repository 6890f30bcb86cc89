"""Cookies of browsers in which a user has logged in before (OWASP's "device cookies").

Attempts from such a browser are counted separately, so that somebody who guesses a user's password elsewhere, even
from the same address, does not lock out the user's own browser. Readers never get the cookie.
"""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

COOKIE = "device"
DAYS = 180
_SALT = "core.throttling.devices"


def known_device(request: HttpRequest, subject: str) -> str:
    """Return the mark of this browser for the active user with the name or e-mail address `subject` (in lower
    case), or "" if they have not logged in with it before. One query, and only if there is a cookie."""
    marks = _read(request)
    if not marks:
        return ""
    users = get_user_model().objects.filter(pk__in=marks, is_active=True)
    for user in users:
        if subject in (_folded(user.get_username()), _folded(user.email)):
            return marks[str(user.pk)]
    return ""


def remember_device(request: HttpRequest, response: HttpResponseBase, user_pk: object) -> None:
    """Set the cookie, for DAYS, that marks this browser as known to a user; do nothing if it is. A browser
    remembers the last five users."""
    marks = _read(request)
    if str(user_pk) in marks:
        return
    # A shared computer remembers the last five users.
    kept = dict([*marks.items(), (str(user_pk), secrets.token_hex(8))][-5:])
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=_SALT),
        max_age=DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    """Return the marks in the cookie by primary key of the user; empty if it is missing, expired or forged."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return {}


def _folded(name: str) -> str:
    return name.strip().casefold()
