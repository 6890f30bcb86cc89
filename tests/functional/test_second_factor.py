"""A publisher sets up a passkey, signs in with it, and adds an authenticator app, in a browser that has an
authenticator."""

import re
from base64 import b32decode
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django_otp.oath import totp
from playwright.sync_api import ConsoleMessage, Page, ViewportSize, expect

from tests.functional.helpers import WIDE, NewContext
from tests.second_factors import PASSWORD, person

PHONE: ViewportSize = {"width": 360, "height": 740}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def publisher(settings, base_url: str) -> Iterator[User]:
    settings.SECOND_FACTOR_REQUIRED = True
    settings.OTP_WEBAUTHN_ALLOWED_ORIGINS = [base_url]
    settings.OTP_WEBAUTHN_RP_ID = "localhost"
    user = person("Publisher", device=False)
    yield user
    user.delete()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    page = new_context(viewport=WIDE).new_page()
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    client.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def type_password(page: Page, user: User) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def is_ours(page: Page, message: ConsoleMessage) -> bool:
    """An error on these screens: Wagtail's account page has one about a time zone."""
    return message.type == "error" and "/second-factor/" in page.url


def fits_a_phone(page: Page) -> bool:
    page.set_viewport_size(PHONE)
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size(WIDE)
    return fits


def test_publisher__signs_in_with_a_passkey(page, publisher, axe: Callable[[Page], list[str]]):
    errors = []
    page.on("console", lambda message: errors.append(message.text) if is_ours(page, message) else None)
    found = []

    type_password(page, publisher)
    heading(page, "Set up your second factor")
    found += axe(page)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("status")).to_contain_text("has been sent")
    link = re.search(r"(/admin/second-factor/link/\S+)", str(mail.outbox[-1].body))
    assert link is not None
    page.goto(link.group(1))

    heading(page, "Add a second factor")
    assert fits_a_phone(page)
    found += axe(page)
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add a passkey").click()
    heading(page, "Recovery codes")
    page.get_by_role("button", name="Show new recovery codes").click()
    expect(page.locator("main li code")).to_have_count(10)
    assert fits_a_phone(page)
    found += axe(page)
    page.get_by_role("link", name="I have saved the codes").click()
    page.wait_for_url("**/admin/")

    page.context.clear_cookies()
    type_password(page, publisher)
    heading(page, "Second factor")
    assert fits_a_phone(page)
    found += axe(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/admin/")

    page.goto("/admin/account/")
    panel = page.get_by_role("region", name="Second factor")
    expect(panel).to_contain_text("Passkey “Laptop”")
    panel.get_by_role("link", name="Add another one").click()
    key = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(code_of(key))
    page.get_by_role("button", name="Add the app").click()
    page.wait_for_url("**/admin/account/")
    panel.get_by_role("listitem").filter(has_text="Passkey").get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove").click()

    # It was what this session was signed in with.
    heading(page, "Second factor")
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    assert (found, errors) == ([], [])


def test_passkey__that_is_not_used_leaves_the_code(page, publisher):
    type_password(page, publisher)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("status")).to_contain_text("has been sent")
    link = re.search(r"(/admin/second-factor/link/\S+)", str(mail.outbox[-1].body))
    assert link is not None
    page.goto(link.group(1))
    refuse = "navigator.credentials.create = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    page.evaluate(f"() => {{ {refuse} }}")

    page.get_by_role("button", name="Add a passkey").click()

    expect(page.get_by_role("alert")).to_have_text("The passkey was not used. Try again.")
    page.get_by_label("Code").fill(code_of(page.locator("main code").inner_text()))
    page.get_by_role("button", name="Add the app").click()
    heading(page, "Recovery codes")


def code_of(key: str) -> str:
    """What an app shows for a key as it is typed."""
    return f"{totp(b32decode(key.replace(' ', ''))):06}"
