"""People with and without a second factor, and what they type."""

import re
import time
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex
from django_otp_webauthn.models import WebAuthnCredential
from wagtail.models import ModelLogEntry

from core.second_factor.session import VERIFIED_AT
from tests import factories
from tests.typed import Response

PASSWORD = "password"


def person(*groups: str, device: bool = True, **fields) -> User:
    """A user of these groups, with an authenticator app unless it is said."""
    user = factories.UserFactory(groups=groups, **fields)
    if device:
        TOTPDevice.objects.create(user=user)
    return user


def current_code(user: User) -> str:
    """The code that the person's app shows, as if it had not been used yet."""
    device = TOTPDevice.objects.get(user=user)
    TOTPDevice.objects.update(last_t=-1, drift=0)
    return f"{totp(device.bin_key):06}"


def give_password(user: User, path: str = "/admin/login/") -> Client:
    """A browser in which the password was typed into a log-in, and no more."""
    client = Client()
    response = client.post(path, {"username": user.username, "password": PASSWORD, "next": "/admin/"})
    assert response.status_code == 302
    return client


def give_code(client: Client, code: str, **data) -> Response:
    return client.post(reverse("second_factor:verify"), {"code": code, **data})


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def path_of_link(text: str) -> str:
    """The path of the link to set up a device that stands in a mail."""
    found = re.search(r"https?://[^/\s]+(/admin/second-factor/link/\S+)", text)
    assert found is not None
    return found.group(1)


def request_link(client: Client, mailoutbox: list[Any]) -> str:
    """Ask for a link in this browser and return its path from the mail, if one came."""
    mailoutbox.clear()
    client.post("/admin/second-factor/link/")
    return path_of_link(mailoutbox[0].body) if mailoutbox else ""


def add_app(client: Client) -> str:
    """Do what somebody with a phone does; return the path that comes next."""
    path = reverse("second_factor:add")
    shown = client.get(path)
    assert "data:image/svg+xml" in shown.text
    key = client.session["second_factor_app_key"]
    response = client.post(path, {"code": f"{totp(bytes.fromhex(key)):06}"})
    return response.headers["Location"] if response.status_code == 302 else ""


def add_passkey(user: User, name: str = "Laptop") -> WebAuthnCredential:
    """A passkey that nobody can use."""
    return WebAuthnCredential.objects.create(
        user=user, name=name, credential_id=random_hex(8).encode(), public_key=b"k", aaguid=""
    )


def make_old(client: Client) -> None:
    """The second factor was given twenty minutes ago."""
    session = client.session
    session[VERIFIED_AT] = time.time() - 20 * 60
    session.save()


def logged_about(user: User) -> list[str]:
    return list(ModelLogEntry.objects.for_instance(user).order_by("pk").values_list("action", flat=True))


def sign_in(user: User) -> Client:
    """A browser in which password and second factor were given."""
    client = give_password(user)
    assert give_code(client, current_code(user)).status_code == 302
    return client
