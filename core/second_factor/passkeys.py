"""Passkeys. The only module that calls the helper of django-otp-webauthn. That package's views and script are not
used, as they support neither half signed-in sessions nor the languages of the site."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django_otp_webauthn.exceptions import OTPWebAuthnApiError
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential
from webauthn.helpers.exceptions import WebAuthnException

ADDING = "second_factor_passkey_adding"
USING = "second_factor_passkey_using"
LONGEST_NAME = 64
REFUSED = (OTPWebAuthnApiError, WebAuthnException, IntegrityError, ValueError)


class PasskeyRefusedError(Exception):
    """Raised when the browser's answer is invalid or does not fit the challenge."""


def are_possible(request: HttpRequest) -> bool:
    """Return whether browsers accept the site's passkeys at the address of the request, as they belong to one
    domain."""
    origins = settings.OTP_WEBAUTHN_ALLOWED_ORIGINS  # type: ignore[misc]  # set from the environment
    return f"{request.scheme}://{request.get_host()}" in origins


def has_passkey(user: User) -> bool:
    return WebAuthnCredential.objects.filter(user=user, confirmed=True).exists()


def begin_adding(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return the options for `navigator.credentials.create`, and keep the challenge in the session."""
    options, request.session[ADDING] = WebAuthnHelper(request).register_begin(user)
    return options


def add(request: HttpRequest, user: User) -> WebAuthnCredential:
    """Store and return the passkey that the browser has made, with the name in its answer. Raise
    PasskeyRefusedError if it is not valid or `begin_adding` was not called before; a challenge is used once."""
    state, answer = request.session.pop(ADDING, None), _answer(request)
    if not state:
        raise PasskeyRefusedError
    try:
        with transaction.atomic():
            device = WebAuthnHelper(request).register_complete(user, state, answer)
            device.name = str(answer.get("name", "")).strip()[:LONGEST_NAME]
            device.save(update_fields=["name"])
            return device
    except REFUSED as error:
        raise PasskeyRefusedError from error


def begin_using(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return the options for `navigator.credentials.get`, and keep the challenge in the session."""
    options, request.session[USING] = WebAuthnHelper(request).authenticate_begin(user, False)
    return options


def use(request: HttpRequest, user: User) -> WebAuthnCredential:
    """Return the user's passkey that signed the challenge. Raise PasskeyRefusedError if none did or `begin_using`
    was not called before; a challenge is used once."""
    state, answer = request.session.pop(USING, None), _answer(request)
    if not state:
        raise PasskeyRefusedError
    try:
        with transaction.atomic():
            device = WebAuthnHelper(request).authenticate_complete(user, state, answer)
    except REFUSED as error:
        raise PasskeyRefusedError from error
    if not device.confirmed:
        raise PasskeyRefusedError
    return device


def _answer(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object in the body of the request. Raise PasskeyRefusedError if there is none."""
    try:
        answer = json.loads(request.body)
    except ValueError as error:
        raise PasskeyRefusedError from error
    if not isinstance(answer, dict):
        raise PasskeyRefusedError
    return answer
