"""Codes of the authenticator app, and recovery codes, at log-in."""

import datetime

import pytest
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry, PageLogEntry

from core.second_factor import devices
from tests import factories
from tests.second_factors import current_code, give_code, give_password, is_in, person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings, site):
    settings.SECOND_FACTOR_REQUIRED = True


def in_persian(code: str) -> str:
    return "".join(chr(ord("۰") + int(digit)) for digit in code)


@pytest.mark.parametrize("change", [str, lambda code: f" {code[:3]} {code[3:]} ", in_persian])
def test_code__is_taken_as_people_type_it(change):
    publisher = person("Publisher")
    client = give_password(publisher)

    give_code(client, change(current_code(publisher)))

    assert is_in(client)


@pytest.mark.parametrize("code", ["", "000000", "abcdefghij", "²²²²²²", "1" * 40, "\0", "' OR 1=1"])
def test_wrong_code__opens_nothing(code):
    client = give_password(person("Publisher"))

    response = give_code(client, code)

    assert response.status_code == 200
    assert response.context["form"].errors["code"]
    assert not is_in(client)


def test_code__works_once():
    publisher = person("Publisher")
    code = current_code(publisher)
    first, second = give_password(publisher), give_password(publisher)

    give_code(first, code)
    give_code(second, code)

    assert is_in(first)
    assert not is_in(second)


def test_recovery_code__works_once():
    publisher = person("Publisher")
    code, other = devices.make_codes(publisher)[:2]
    clients = [give_password(publisher) for _ in range(3)]

    for client, typed in zip(clients, (code, code, other.upper().replace("-", " ")), strict=True):
        give_code(client, typed)

    assert [is_in(client) for client in clients] == [True, False, False]
    device = publisher.staticdevice_set.get()
    assert device.throttling_failure_count == 1
    assert devices.codes_left(publisher) == 9


def test_recovery_code__is_taken_at_once_after_a_wrong_code_of_the_app():
    publisher = person("Publisher")
    code = devices.make_codes(publisher)[0]
    client = give_password(publisher)

    give_code(client, "000000")
    give_code(client, code)

    assert is_in(client)


def test_wrong_codes__slow_down_and_do_not_lock_the_owner_out_for_long(mailoutbox):
    publisher = person("Publisher")
    client = give_password(publisher)
    for _ in range(30):
        give_code(client, "000000")
        TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - datetime.timedelta(minutes=5))
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now())

    response = give_code(client, current_code(publisher))

    assert "Wait 256 seconds." in response.text
    assert not is_in(client)
    told = [mail for mail in mailoutbox if "Wrong code" in mail.subject]
    assert [mail.to for mail in told] == [[publisher.email]]
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - datetime.timedelta(seconds=257))
    give_code(client, current_code(publisher))
    assert is_in(client)


def test_log__has_who_signed_in_and_wrong_codes():
    publisher = person("Publisher")
    client = give_password(publisher)

    give_code(client, "000000")
    TOTPDevice.objects.update(throttling_failure_count=0)
    give_code(client, current_code(publisher))

    entries = ModelLogEntry.objects.filter(object_id=str(publisher.pk)).order_by("pk")
    assert [(entry.action, entry.user_id) for entry in entries] == [
        ("second_factor.fail", publisher.pk),
        ("second_factor.use", publisher.pk),
    ]


def test_log_of_wagtail__knows_who_changed_something(site):
    """Wagtail records nothing for a user that is wrapped twice."""
    publisher = person("Publisher")
    client = sign_in(publisher)
    page = factories.SectionPageFactory(parent=site.home)

    client.post(f"/admin/pages/{page.pk}/lock/")

    assert [entry.user_id for entry in PageLogEntry.objects.filter(page=page, action="wagtail.lock")] == [
        publisher.pk
    ]
