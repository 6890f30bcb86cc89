"""Adding and removing devices, and recovery codes."""

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex
from django_otp_webauthn.models import WebAuthnCredential

from core.second_factor import devices
from tests.second_factors import (
    add_passkey,
    current_code,
    give_code,
    is_in,
    logged_about,
    make_old,
    person,
    sign_in,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/second-factor/add/"
CODES = "/admin/second-factor/codes/"
LINK = "/admin/second-factor/link/"
ACCOUNT = "/admin/account/"


@pytest.fixture(autouse=True)
def _required(settings, site):
    settings.SECOND_FACTOR_REQUIRED = True


def test_codes__are_shown_once_and_stored_as_digests():
    publisher = person("Publisher")
    client = sign_in(publisher)
    assert client.get(CODES).context.get("codes") is None

    codes = client.post(CODES).context["codes"]
    other = client.post(CODES).context["codes"]

    assert len(set(codes + other)) == 20
    assert not set(codes + [code.replace("-", "") for code in codes]) & set(
        StaticToken.objects.values_list("token", flat=True)
    )
    assert devices.check_code(publisher, codes[0]).device is None
    publisher.staticdevice_set.update(throttling_failure_count=0)
    assert devices.check_code(publisher, other[0]).device


@pytest.mark.parametrize("path", [ADD, CODES, "/admin/second-factor/remove/app/{pk}/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_change__asks_again_after_a_while(path, method):
    publisher = person("Publisher")
    client = sign_in(publisher)
    make_old(client)
    path = path.format(pk=TOTPDevice.objects.get().pk)

    response = getattr(client, method)(path)

    assert response.url.startswith("/admin/second-factor/?next=")
    assert is_in(client)
    assert devices.codes_left(publisher) == 0
    give_code(client, current_code(publisher))
    assert client.get(path).status_code == 200


def test_passkey__is_not_added_after_a_while():
    client = sign_in(person("Publisher"))
    assert client.post(f"{ADD}passkey/", "", content_type="application/json").status_code == 200
    make_old(client)

    assert client.post(f"{ADD}passkey/", "", content_type="application/json").status_code == 403


def remove(client: Client, kind: str, pk: int):
    return client.post(f"/admin/second-factor/remove/{kind}/{pk}/")


def test_removed_device__is_gone_and_the_owner_told(mailoutbox):
    publisher = person("Publisher")
    passkey = add_passkey(publisher)
    client = sign_in(publisher)
    assert "Laptop" in client.get(ACCOUNT).text

    remove(client, "passkey", passkey.pk)

    assert [type(device) for device in devices.devices_of(publisher)] == [TOTPDevice]
    assert logged_about(publisher)[-1] == "second_factor.remove"
    assert mailoutbox[-1].to == [publisher.email]
    assert "Passkey “Laptop”" in mailoutbox[-1].body


@pytest.mark.parametrize("kind", ["foo", "code", "app"])
def test_removing__what_is_not_there_answers_404(kind):
    assert remove(sign_in(person("Publisher")), kind, 0).status_code == 404


def test_last_device__stays_where_one_is_needed():
    publisher = person("Publisher")
    client = sign_in(publisher)

    remove(client, "app", TOTPDevice.objects.get().pk)

    assert devices.has_app(publisher)
    assert "add another one first" in client.get(ACCOUNT).text


def test_last_device__goes_with_its_codes_where_none_is_needed():
    editor = person("Editor")
    devices.make_codes(editor)
    client = sign_in(editor)

    remove(client, "app", TOTPDevice.objects.get().pk)

    assert (devices.devices_of(editor), devices.codes_left(editor)) == ([], 0)
    assert is_in(client)


def test_device_of_somebody_else__is_not_removed():
    publisher, other = person("Publisher"), person("Publisher")
    passkey = add_passkey(other)

    response = remove(sign_in(publisher), "passkey", passkey.pk)

    assert response.status_code == 404
    assert WebAuthnCredential.objects.exists()


@pytest.mark.parametrize(
    "body", ["{}", "[]", "nonsense", '{"id": "x", "rawId": "x", "type": "public-key"}', '"\\ud800"']
)
@pytest.mark.parametrize("path", [f"{ADD}passkey/", "/admin/second-factor/passkey/"])
def test_answer_that_is_no_passkeys__is_refused(path, body):
    publisher = person("Publisher")
    add_passkey(publisher)
    client = sign_in(publisher)
    client.post(path, "", content_type="application/json")

    for _ in range(2):  # the challenge is used up by the first
        response = client.post(path, body, content_type="application/json")
        assert response.status_code == 422
        assert response.json()["error"]
    assert len(devices.devices_of(publisher)) == 2


def test_second_app__is_not_added():
    publisher = person("Publisher")
    client = sign_in(publisher)
    key = random_hex(20)
    session = client.session
    session["second_factor_app_key"] = key
    session.save()

    client.post(ADD, {"code": f"{totp(bytes.fromhex(key)):06}"})

    assert TOTPDevice.objects.filter(user=publisher).count() == 1
