"""The devices of a user: adding, checking and removing them."""

import datetime
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from core.internals.django import salted_hmac

KINDS: dict[str, type[Device]] = {"app": TOTPDevice, "passkey": WebAuthnCredential}
NAMES = {
    TOTPDevice: gettext_lazy("Authenticator app"),
    WebAuthnCredential: gettext_lazy("Passkey"),
    StaticDevice: gettext_lazy("Recovery code"),
}
CODES = 10
# Without letters and digits that look alike.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LONGEST_WAIT_FAILURES = 9
"""django-otp doubles the wait after each wrong code without limit, so that somebody who knows the password could
lock the owner out. After nine failures the wait stays at 256 seconds. As three of a million codes are right at any
time, guessing then succeeds with a probability of 0.1 % a day."""
FAILURES_TO_TELL = 5
"""Number of wrong codes in a row after which the owner gets a mail."""


class TooManyCodesError(Exception):
    """Raised when codes are not checked until the time `until`, because of too many wrong ones."""

    def __init__(self, until: datetime.datetime):
        self.until = until

    @property
    def seconds(self) -> int:
        return max(1, round((self.until - timezone.now()).total_seconds()))


@dataclass(frozen=True)
class Checked:
    """The result of checking a code: the device that accepted it, or the number of wrong codes in a row."""

    device: Device | None
    failures: int = 0


def devices_of(user: User) -> list[Device]:
    """Return the user's confirmed authenticator apps, then passkeys, each oldest first. Recovery codes are not
    included: alone they are no second factor."""
    return [
        device
        for model in KINDS.values()
        for device in model.objects.devices_for_user(user, confirmed=True).order_by("pk")
    ]


def label(device: Device) -> str:
    """Return the kind of a device, translated, with the name that its owner gave to it, if any."""
    kind = str(NAMES[type(device)])
    return f"{kind} “{device.name}”" if device.name else kind


def check_code(user: User, code: str) -> Checked:
    """Check a code of the authenticator app, or a recovery code, which can be used only once. The result has no
    device if the code is wrong or the user has no device of its kind.

    Digits alone are a code of the app, anything else a recovery code, so that a wrong code counts only once. Raise
    TooManyCodesError while no codes are checked because of earlier wrong ones.
    """
    code = "".join(each for each in code.lower() if each.isalnum())
    model, token = (TOTPDevice, code) if code.isdecimal() else (StaticDevice, _digest(code))
    with transaction.atomic():
        owned = model.objects.devices_for_user(user, confirmed=True)
        device = owned.select_for_update().order_by("pk").first()
        if device is None:
            return Checked(None)
        allowed, why = device.verify_is_allowed()
        if not allowed:
            raise TooManyCodesError(why["locked_until"])
        if device.verify_token(token):
            return Checked(device)
        failures = device.throttling_failure_count
        if failures > LONGEST_WAIT_FAILURES:
            device.throttling_failure_count = LONGEST_WAIT_FAILURES
            device.save(update_fields=["throttling_failure_count"])
    return Checked(None, failures)


def add_app(user: User, key: str, code: str) -> TOTPDevice | None:
    """Store the authenticator app with the secret `key` (hex) and return it. Return None if `code` is not one of
    its codes, or if the user has an app already."""
    totp = TOTP(bytes.fromhex(key))
    code = "".join(code.split())
    if not (key and code.isdecimal() and totp.verify(int(code), tolerance=1)):
        return None
    with transaction.atomic():
        # Locked, so that a form sent twice adds one app.
        get_user_model()._base_manager.select_for_update().get(pk=user.pk)
        if has_app(user):
            return None
        # With `last_t`, so that the code that was typed cannot be used again.
        return TOTPDevice.objects.create(user=user, key=key, drift=totp.drift, last_t=totp.t())


def has_app(user: User) -> bool:
    return TOTPDevice.objects.filter(user=user).exists()


def make_codes(user: User) -> list[str]:
    """Replace the user's recovery codes, and return CODES new ones to show. Only digests are stored."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(CODES)]
    with transaction.atomic():
        get_user_model()._base_manager.select_for_update().get(pk=user.pk)
        device, _made = StaticDevice.objects.get_or_create(user=user, defaults={"confirmed": True})
        device.token_set.all().delete()
        StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def codes_left(user: User) -> int:
    """Return the number of unused recovery codes."""
    return StaticToken.objects.filter(device__user=user).count()


def remove(device: Device) -> None:
    """Remove a device, and with the user's last device the recovery codes."""
    with transaction.atomic():
        device.delete()
        if not devices_of(device.user):
            StaticDevice.objects.filter(user=device.user).delete()


def remove_all(user: User) -> list[str]:
    """Remove all devices and recovery codes of a user, and return labels of what was removed. Sessions that were
    verified with them ask for a second factor again."""
    with transaction.atomic():
        removed = [label(device) for device in devices_of(user)]
        if codes := codes_left(user):
            removed.append(gettext("Recovery codes: %(count)s") % {"count": codes})
        for model in (*KINDS.values(), StaticDevice):
            model.objects.filter(user=user).delete()
    return removed


def persistent_ids(devices: Iterable[Device]) -> str:
    """Return the ids of devices, which name model and primary key, separated by commas."""
    return ",".join(device.persistent_id for device in devices)


def _digest(code: str) -> str:
    """Return the stored form of a recovery code: 16 characters (64 bits), the length of django-otp's column."""
    return salted_hmac("core.second_factor.recovery", code, algorithm="sha256").hexdigest()[:16]
