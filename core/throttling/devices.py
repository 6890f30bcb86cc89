"""Browsers in which somebody has logged in before, after OWASP's "device cookies".

Their tries are counted by themselves: whoever guesses the password of a publisher elsewhere, be it from the same
address, locks the publisher's own browser out of nothing. Readers never get the cookie.
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
    """Return the mark of the browser where the user named `subject`, by name or e-mail address, has logged in with
    it before, else an empty text. One query, and only where there is a cookie."""
    marks = _read(request)
    if not marks:
        return ""
    users = get_user_model().objects.filter(pk__in=marks, is_active=True)
    for user in users:
        if subject in (_folded(user.get_username()), _folded(user.email)):
            return marks[str(user.pk)]
    return ""


def remember_device(request: HttpRequest, response: HttpResponseBase, user_pk: object) -> None:
    marks = _read(request)
    if str(user_pk) in marks:
        return
    # The latest five people of a shared computer.
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
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return {}


def _folded(name: str) -> str:
    return name.strip().casefold()
