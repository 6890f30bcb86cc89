"""Headers of every answer, and where holes are reported."""

import datetime

import pytest


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/ru/search/?q=x",
        "/en/nothing/",
        "/admin/login/",
        "/api/v2/",
        "/healthz",
        "/robots.txt",
        "/media/x.png",
    ],
)
def test_every_answer__says_what_browsers_must_not_do(client, site, address):
    headers = client.get(address).headers
    permissions = headers["Permissions-Policy"]
    for name in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{name}=()" in permissions
    # Passkeys and the clipboard are left to the pages themselves.
    assert "publickey-credentials" not in permissions
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] in ("same-origin", "cross-origin")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("address", "policy"),
    [
        ("/en/", "same-origin"),
        ("/admin/login/", "same-origin"),
        ("/en/nothing/", "same-origin"),
        ("/api/v2/", "cross-origin"),
        ("/api/v2/nothing/", "same-origin"),
        ("/media/nothing.png", "same-origin"),
    ],
)
def test_other_sites__show_only_what_is_for_everybody(client, site, address, policy):
    assert client.get(address).headers["Cross-Origin-Resource-Policy"] == policy


def test_security_txt__says_where_holes_are_reported(client, db, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    settings.PUBLIC_BASE_URL = "https://www.example.org"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == "https://www.example.org/.well-known/security.txt"
    expires = datetime.datetime.fromisoformat(fields["Expires"])
    left = expires - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(days=80) < left < datetime.timedelta(days=365)
    assert not response.cookies


@pytest.mark.parametrize("address", ["/.well-known/security.txt", "/.well-known/", "/security.txt"])
def test_security_txt__without_a_contact_is_not_there(client, site, settings, address):
    settings.SECURITY_CONTACT = ""
    assert client.get(address).status_code == 404
