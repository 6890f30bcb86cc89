"""Reset by an administrator and by the command."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry

from core.second_factor import devices
from tests import factories
from tests.second_factors import (
    add_app,
    add_passkey,
    give_password,
    is_in,
    make_old,
    path_of_link,
    person,
    request_link,
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


@pytest.fixture
def newcomer() -> User:
    return person("Publisher", device=False)


def reset(client: Client, user: User):
    return client.post(f"/admin/users/{user.pk}/second-factor/")


def test_reset__removes_everything_and_tells_the_owner(mailoutbox):
    administrator, publisher = person(is_superuser=True), person("Publisher")
    devices.make_codes(publisher)
    add_passkey(publisher)
    theirs, client = sign_in(publisher), sign_in(administrator)
    assert "Laptop" in client.get(f"/admin/users/{publisher.pk}/second-factor/").text

    reset(client, publisher)

    assert (devices.devices_of(publisher), devices.codes_left(publisher)) == ([], 0)
    assert not is_in(theirs)
    entry = ModelLogEntry.objects.for_instance(publisher).first()
    assert (entry.action, entry.user_id) == ("second_factor.reset", administrator.pk)
    assert mailoutbox[-1].to == [publisher.email]
    assert administrator.username in mailoutbox[-1].body
    theirs.get(request_link(theirs, mailoutbox))
    assert add_app(theirs) == CODES


@pytest.mark.parametrize("required", [True, False])
def test_reset__needs_a_second_factor_of_ones_own(settings, required):
    settings.SECOND_FACTOR_REQUIRED = required
    publisher = person("Publisher")
    client = give_password(person(is_superuser=True, device=False))

    reset(client, publisher)

    assert devices.has_app(publisher)


def test_reset__asks_again_after_a_while():
    publisher = person("Publisher")
    client = sign_in(person(is_superuser=True))
    make_old(client)

    response = reset(client, publisher)

    assert response.url.startswith(
        "/admin/second-factor/?next=/admin/users/".replace("/admin/users/", "%2Fadmin%2Fusers%2F")
    )
    assert devices.has_app(publisher)


def test_reset__is_for_those_who_change_users(site):
    keeper = person("Publisher")
    keeper.user_permissions.add(Permission.objects.get(codename="change_user"))
    superuser, publisher = person(is_superuser=True), person("Publisher")

    reset(sign_in(person("Publisher")), publisher)
    reset(sign_in(keeper), superuser)
    reset(sign_in(keeper), keeper)
    assert [devices.has_app(user) for user in (publisher, superuser, keeper)] == [True, True, True]

    reset(sign_in(keeper), publisher)
    assert not devices.has_app(publisher)


def test_list_of_users__leads_to_the_reset():
    administrator, publisher = person(is_superuser=True), person("Publisher")

    text = sign_in(administrator).get("/admin/users/").text

    assert f"/admin/users/{publisher.pk}/second-factor/" in text
    assert f"/admin/users/{administrator.pk}/second-factor/" not in text


def test_command__resets_and_prints_a_link(capsys, mailoutbox):
    publisher = person("Publisher", email="")
    devices.make_codes(publisher)

    call_command("reset_second_factor", publisher.username)

    printed = capsys.readouterr().out
    assert "Authenticator app, Recovery codes: 10" in printed
    client = give_password(publisher)
    assert client.get(path_of_link(printed)).url == ADD
    assert add_app(client) == CODES
    assert is_in(client)
    assert mailoutbox == []


def test_command__says_whom_it_does_not_know():
    inactive = factories.UserFactory(is_active=False)
    for username in ("nobody", inactive.username):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", username)
