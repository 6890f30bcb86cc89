"""Forms that take a secret refuse who guesses, and nobody else."""

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher, make_password
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from core.accounts.hashers import SmallArgon2Hasher
from core.http.middleware import ReadersOnlyReadMiddleware
from core.throttling import attempts
from core.throttling.models import AttemptCounter
from core.throttling.secrets import SECRET_FORMS
from tests import factories
from tests.scenes import scene
from tests.threads import in_threads

ADMIN, READERS = "/admin/login/", "/ru/_util/login/"
RIGHT = "a word of my own 7"


@scene
def publisher(site):
    user = factories.UserFactory(username="publisher", email="publisher@example.org")
    user.set_password(RIGHT)
    user.save()
    user.groups.add(Group.objects.get(name="Publisher"))
    return user


def log_in(client, address="192.0.2.1", name="publisher", password="wrong", url=ADMIN, **headers):
    return client.post(url, {"username": name, "password": password}, REMOTE_ADDR=address, **headers)


def statuses(number: int, *args, **kwargs) -> list[int]:
    return [log_in(Client(), *args, **kwargs).status_code for _n in range(number)]


@pytest.mark.parametrize("url", [ADMIN, READERS])
def test_log_in__is_refused_after_five_wrong_passwords(publisher, url):
    assert statuses(5, url=url) == [200] * 5
    response = log_in(Client(), url=url, password=RIGHT)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 900
    assert "no-store" in response["Cache-Control"]
    assert "sessionid" not in response.cookies


def test_log_in__counts_both_forms_and_all_spellings_together(publisher):
    spellings = ["publisher", "Publisher ", "PUBLISHER", "ｐublisher", " publisher"]
    for place, name in enumerate(spellings):
        assert log_in(Client(), name=name, url=(ADMIN, READERS)[place % 2]).status_code == 200
    assert statuses(1, url=READERS) == [429]


def test_log_in__that_is_refused_computes_no_hash_and_asks_once(publisher):
    statuses(5)
    with (
        patch("django.contrib.auth.authenticate", side_effect=AssertionError),
        CaptureQueriesContext(
            connection,
        ) as captured,
    ):
        assert statuses(1) == [429]
    assert len(captured) == 1


def test_stranger__does_not_lock_out_from_another_address(publisher):
    assert statuses(6)[-1] == 429
    assert log_in(Client(), "198.51.100.7", password=RIGHT).status_code == 302


def test_stranger__with_many_addresses_is_refused_but_not_a_browser_known_before(publisher):
    known = Client()
    assert log_in(known, "198.51.100.7", password=RIGHT).status_code == 302
    known.post("/admin/logout/")
    guessed = [status for each in range(11) for status in statuses(5, f"203.0.113.{each}")]
    assert guessed == [200] * 50 + [429] * 5
    # Even from the address that the stranger shares with the publisher.
    assert log_in(known, "203.0.113.1", password=RIGHT).status_code == 302


def test_known_browser__is_limited_too_and_knows_only_its_own_user(publisher):
    known = Client()
    log_in(known, password=RIGHT)
    assert [log_in(known, f"192.0.2.{each}").status_code for each in range(11)] == [200] * 10 + [429]
    other = factories.UserFactory(username="other")
    assert [log_in(known, name=other.username).status_code for _n in range(6)] == [200] * 5 + [429]


@pytest.mark.parametrize("cookie", ["", "x", "publisher", "eyIxIjoiMSJ9:1abc:zzzz"])
def test_known_browser__cannot_be_forged(publisher, cookie):
    client = Client()
    client.cookies["device"] = cookie
    assert [log_in(client).status_code for _n in range(6)] == [200] * 5 + [429]


def test_known_browser__is_the_one_in_which_the_password_was_set_anew(publisher, client):
    client.post("/admin/password_reset/", {"email": publisher.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password_reset/" in word)
    form = client.get(link, follow=True)
    new = "another word of mine 8"
    client.post(form.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    for each in range(10):
        statuses(5, f"203.0.113.{each}")
    assert log_in(Client(), "198.51.100.7", password=new).status_code == 429
    assert log_in(client, "198.51.100.7", password=new).status_code == 302


def test_address__may_not_try_everybody(publisher):
    guessed = [log_in(Client(), name=f"somebody{each}").status_code for each in range(51)]
    assert guessed == [200] * 50 + [429]
    assert log_in(Client(), "198.51.100.7", password=RIGHT).status_code == 302


def test_address__is_not_used_up_by_those_who_log_in(publisher):
    for _n in range(60):
        assert log_in(Client(), password=RIGHT).status_code == 302
    assert statuses(5) == [200] * 5


def test_own_log_in__gives_no_more_tries_at_another_users_password(publisher):
    thief = factories.UserFactory(username="thief")
    thief.set_password(RIGHT)
    thief.save()
    found = []
    for _n in range(6):
        found += statuses(1)
        assert log_in(Client(), name="thief", password=RIGHT).status_code == 302
    assert found == [200] * 5 + [429]


@pytest.mark.parametrize(
    "forged", ["{n}.1.1.1, 192.0.2.1", "{n}.1.1.1,{n}.2.2.2,192.0.2.1", "unknown, 192.0.2.1", "{n}::1, 192.0.2.1"]
)
def test_forged_addresses__do_not_help(publisher, settings, forged):
    settings.PROXIES = 1
    found = [
        log_in(Client(), "10.0.0.1", HTTP_X_FORWARDED_FOR=forged.format(n=n)).status_code for n in range(1, 7)
    ]
    assert found == [200] * 5 + [429]


def test_ipv6__is_counted_by_the_network_of_a_customer(publisher):
    found = [log_in(Client(), f"2001:db8:1:2::{each}").status_code for each in range(6)]
    assert found == [200] * 5 + [429]
    assert log_in(Client(), "2001:db8:1:3::1", password=RIGHT).status_code == 302


def test_limit__ends(publisher):
    statuses(6)
    with patch("core.throttling.attempts.time.time", return_value=attempts.time.time() + 901):
        assert log_in(Client(), password=RIGHT).status_code == 302
        attempts.forget_ended()
    assert AttemptCounter.objects.filter(count__gt=1).count() == 0


def test_counters__name_nobody(publisher):
    statuses(2)
    assert AttemptCounter.objects.count() == 3
    for key in AttemptCounter.objects.values_list("key", flat=True):
        assert len(key) == 64
        assert "publisher" not in key


def test_form_without_token__is_no_try(publisher):
    client = Client(enforce_csrf_checks=True)
    assert [log_in(client).status_code for _n in range(8)] == [403] * 8
    assert log_in(Client(), password=RIGHT).status_code == 302


def test_hostile_names__are_answered(publisher):
    for name in ("", "\0", "x" * 100_000, "'; drop table", "\ud800".encode("utf-8", "surrogatepass")):
        assert log_in(Client(), name=name).status_code in (200, 429)


@pytest.mark.django_db(transaction=True)
def test_many_at_once__are_no_more_than_the_limit():
    def guess(_n: int) -> int:
        try:
            return log_in(Client()).status_code
        finally:
            connection.close()

    found = in_threads(guess, range(24))
    assert sorted(found) == [200] * 5 + [429] * 19


@pytest.mark.django_db(transaction=True)
def test_many_at_once__under_the_same_keys_in_another_order():
    limits = [attempts.Limit(name, 1000) for name in "abc"]

    def count(turn: int) -> int:
        try:
            return attempts.take(limits if turn % 2 else limits[::-1]).wait
        finally:
            connection.close()

    assert in_threads(count, range(60)) == [0] * 60
    assert set(AttemptCounter.objects.values_list("count", flat=True)) == {60}


def test_reset__is_refused_after_three_but_not_from_elsewhere(publisher):
    def ask(address: str, email: str = publisher.email) -> int:
        return Client().post("/admin/password_reset/", {"email": email}, REMOTE_ADDR=address).status_code

    assert [ask("192.0.2.1") for _n in range(4)] == [302] * 3 + [429]
    assert len(mail.outbox) == 3
    assert ask("198.51.100.7") == 302
    # Whether the address is known makes no difference.
    assert [ask("192.0.2.1", "nobody@example.org") for _n in range(4)] == [302] * 3 + [429]
    found = [ask(f"203.0.113.{each}") for each in range(8)]
    assert found == [302] * 6 + [429] * 2
    assert len(mail.outbox) == 10


@scene
def private(site):
    page = factories.SectionPageFactory(parent=site.home)
    return PageViewRestriction.objects.create(page=page, restriction_type="password", password=RIGHT)


@scene
def private_files(site):
    document = factories.DocumentFactory()
    return CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="password", password=RIGHT
    )


@pytest.fixture(params=["page", "file"])
def door(request):
    if request.param == "page":
        restriction = request.getfixturevalue("private")
        return f"/ru/_util/authenticate_with_password/{restriction.pk}/{restriction.page_id}/"
    restriction = request.getfixturevalue("private_files")
    return f"/documents/authenticate_with_password/{restriction.pk}/"


def knock(url: str, password: str, address: str = "192.0.2.1") -> int:
    sent = {"password": password, "return_url": "/ru/"}
    return Client().post(url, sent, REMOTE_ADDR=address).status_code


def test_private_page__refuses_who_guesses(door):
    assert [knock(door, "wrong") for _n in range(21)] == [200] * 20 + [429]
    assert knock(door, RIGHT) == 429
    assert knock(door, RIGHT, "198.51.100.7") == 302


def test_private_page__opens_to_many_readers_behind_one_address(door):
    assert [knock(door, RIGHT) for _n in range(200)] == [302] * 200


def test_forms_with_a_secret__are_all_known():
    def names(patterns: list[Any]) -> set[str | None]:
        found: set[str | None] = set()
        for each in patterns:
            found |= {each.name} if isinstance(each, URLPattern) else names(each.url_patterns)
        return found

    assert set(SECRET_FORMS) > ReadersOnlyReadMiddleware.FORMS
    assert set(SECRET_FORMS) <= names(get_resolver().url_patterns)


def test_passwords__are_hashed_with_argon2_and_old_ones_at_the_next_log_in(publisher, settings):
    settings.PASSWORD_HASHERS = [
        "core.accounts.hashers.SmallArgon2Hasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    publisher.password = make_password(RIGHT, hasher=PBKDF2PasswordHasher())
    publisher.save()
    assert log_in(Client(), password=RIGHT).status_code == 302
    publisher.refresh_from_db()
    assert publisher.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert isinstance(identify_hasher(publisher.password), SmallArgon2Hasher)
    assert log_in(Client(), password=RIGHT).status_code == 302
