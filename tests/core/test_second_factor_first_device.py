"""How somebody without a device gets the first one, and whoever has stolen the password does not."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry

from core.models import QueuedMail
from core.second_factor import devices, links
from tests.second_factors import (
    add_app,
    current_code,
    give_code,
    give_password,
    is_in,
    logged_about,
    person,
    request_link,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/second-factor/add/"
CODES = "/admin/second-factor/codes/"
LINK = "/admin/second-factor/link/"
ACCOUNT = "/admin/account/"


@pytest.fixture(autouse=True)
def _required(settings, site):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def newcomer() -> User:
    return person("Publisher", device=False)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", [ADD, CODES, f"{ADD}passkey/"])
def test_password__adds_no_device(newcomer, path, method):
    client = give_password(newcomer)

    response = getattr(client, method)(path, {"code": "000000"} if method == "post" else {})

    assert response.status_code in (302, 403, 405)
    assert devices.devices_of(newcomer) == []
    assert not is_in(client)


def test_link__adds_the_first_device(newcomer, mailoutbox):
    client = give_password(newcomer)
    link = request_link(client, mailoutbox)
    assert mailoutbox[0].to == [newcomer.email]

    opened = client.get(link)
    after = add_app(client)

    assert opened.url == ADD
    assert after == CODES
    assert is_in(client)
    assert logged_about(newcomer) == ["second_factor.link", "second_factor.add"]
    assert "Second factor added: Authenticator app" in mailoutbox[-1].subject


def test_device_just_added__is_asked_for_the_next_time(newcomer, mailoutbox):
    client = give_password(newcomer)
    client.get(request_link(client, mailoutbox))
    add_app(client)

    again = give_password(newcomer)
    assert not is_in(again)
    give_code(again, current_code(newcomer))

    assert is_in(again)


def test_link__needs_the_password_too(newcomer, mailoutbox):
    link = request_link(give_password(newcomer), mailoutbox)
    stranger = Client()

    response = stranger.get(link)

    assert response.url.startswith("/admin/login/?next=/admin/second-factor/link/")
    assert stranger.get(ADD).url.startswith("/admin/login/")


def test_link__is_of_no_use_to_whoever_asked_for_it_with_a_stolen_password(newcomer, mailoutbox):
    thief, owner = give_password(newcomer), give_password(newcomer)
    link = request_link(thief, mailoutbox)

    owner.get(link)

    assert thief.get(ADD).url.startswith("/admin/second-factor/")
    add_app(owner)
    assert not is_in(thief)
    assert thief.get(link).context["is_invalid"]


def test_link_of_somebody_else__adds_nothing(newcomer, mailoutbox):
    other = give_password(person("Publisher", device=False))

    response = other.get(request_link(give_password(newcomer), mailoutbox))

    assert response.context["is_invalid"]
    assert other.get(ADD).status_code == 302


@pytest.mark.parametrize("change", ["password", "email", "device", "time"])
def test_link__ends_with_password_address_device_and_time(newcomer, mailoutbox, change, monkeypatch):
    client = give_password(newcomer)
    link = request_link(client, mailoutbox)
    if change == "password":
        newcomer.set_password("another-one-of-theirs")
        newcomer.save()
        client.force_login(newcomer)
    elif change == "email":
        newcomer.email = "new@example.org"
        newcomer.save()
    elif change == "device":
        TOTPDevice.objects.create(user=newcomer)
    else:
        client.get(link)
        monkeypatch.setattr(links, "VALID", -1)

    assert client.get(link).context["is_invalid"]
    assert client.get(ADD).status_code == 302


@pytest.mark.parametrize("token", ["x", "eyJ1c2VyIjoxfQ:1:x", "a" * 2000, "%00", "ҳ"])
def test_invented_link__adds_nothing(newcomer, token):
    client = give_password(newcomer)

    assert client.get(f"{LINK}{token}/").context["is_invalid"]


def test_links__are_not_mailed_again_and_again(newcomer, mailoutbox):
    client = give_password(newcomer)
    assert request_link(client, mailoutbox)

    assert not request_link(client, mailoutbox)

    ModelLogEntry.objects.update(timestamp=timezone.now() - datetime.timedelta(minutes=6))
    assert request_link(client, mailoutbox)


def test_account_without_address__says_so():
    client = give_password(person("Publisher", device=False, email=""))

    response = client.get("/admin/", follow=True)

    assert "no e-mail address" in response.text


def test_optional_device__needs_the_link_as_well(settings, mailoutbox):
    """Whoever has stolen an editor's password cannot shut the editor out with it."""
    editor = person("Editor", device=False)
    client = give_password(editor)
    assert "/admin/second-factor/add/" in client.get(ACCOUNT).text

    assert client.get(ADD, follow=True).request["PATH_INFO"] == LINK
    client.get(request_link(client, mailoutbox))
    add_app(client)

    assert devices.has_app(editor)
    assert not is_in(give_password(editor))


def test_mail_server_away__holds_nobody_up(settings, newcomer):
    settings.EMAIL_BACKEND = "core.mail.backend.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    response = give_password(newcomer).post(LINK)

    assert "has been sent" in response.text
    assert QueuedMail.objects.get().recipients == newcomer.email
