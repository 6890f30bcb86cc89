"""A borrowed session takes over no account: new e-mail addresses, new passwords, sessions."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests import factories
from tests.scenes import scene

PASSWORD = "a word of my own 7"
ACCOUNT = "/admin/account/"


@scene
def editor(site):
    user = factories.UserFactory(username="editor", email="old@example.org", first_name="E", last_name="D")
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def own(editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def admin_client(site) -> Client:
    admin = factories.UserFactory(username="admin", is_superuser=True)
    admin.set_password(PASSWORD)
    admin.save()
    client = Client()
    client.force_login(admin)
    return client


def own_form(**given: str) -> dict[str, str]:
    return {
        "name_email-first_name": "E",
        "name_email-last_name": "D",
        "name_email-email": "old@example.org",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
        "translation_notices-mails": "at_once",
        **given,
    }


def user_form(**given: str) -> dict[str, str]:
    return {
        "username": "editor",
        "email": "old@example.org",
        "first_name": "E",
        "last_name": "D",
        "is_active": "on",
        "groups": str(Group.objects.get(name="Editor").pk),
        **given,
    }


@pytest.mark.parametrize("password", ["", "wrong"])
def test_new_email__needs_the_password(own, editor, password):
    response = own.post(
        ACCOUNT, own_form(**{"name_email-email": "new@example.org", "name_email-your_password": password})
    )
    editor.refresh_from_db()
    assert response.status_code == 200
    assert "This is not your password." in response.text
    assert editor.email == "old@example.org"
    assert mail.outbox == []


def test_new_email__is_told_to_the_old_address(own, editor):
    sent = own_form(**{"name_email-email": "new@example.org", "name_email-your_password": PASSWORD})
    assert own.post(ACCOUNT, sent).status_code == 302
    editor.refresh_from_db()
    assert editor.email == "new@example.org"
    assert [message.to for message in mail.outbox] == [["old@example.org"]]
    assert "editor" in mail.outbox[0].body
    assert "new@example.org" not in mail.outbox[0].body


def test_same_email__needs_no_password(own, editor):
    assert own.post(ACCOUNT, own_form(**{"name_email-first_name": "Else"})).status_code == 302
    editor.refresh_from_db()
    assert editor.first_name == "Else"
    assert mail.outbox == []


def test_old_address__hears_of_it_in_the_users_language(editor):
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = "ru"
    profile.save()
    editor.email = "new@example.org"
    editor.save()
    editor.save()
    assert [message.to for message in mail.outbox] == [["old@example.org"]]


@pytest.mark.parametrize(("password", "status"), [("", 200), ("wrong", 200), (PASSWORD, 302)])
def test_email_of_somebody_else__needs_the_administrators_password(admin_client, editor, password, status):
    url = reverse("wagtailusers_users:edit", args=[editor.pk])
    assert "your_password" in admin_client.get(url).text
    response = admin_client.post(url, user_form(email="new@example.org", your_password=password))
    assert response.status_code == status
    editor.refresh_from_db()
    assert (editor.email == "new@example.org") == (status == 302)
    assert len(mail.outbox) == (status == 302)
    assert admin_client.post(url, user_form(email=editor.email, first_name="Else")).status_code == 302


@pytest.mark.parametrize(("password", "status"), [("", 200), ("wrong", 200), (PASSWORD, 302)])
def test_password_of_somebody_else__needs_the_administrators_own(admin_client, editor, password, status):
    url = reverse("wagtailusers_users:edit", args=[editor.pk])
    new = "another word of mine 8"
    sent = user_form(password1=new, password2=new, your_password=password)
    assert admin_client.post(url, sent).status_code == status
    editor.refresh_from_db()
    assert editor.check_password(new) == (status == 302)


def test_own_password__is_not_changed_without_the_old_one_among_the_users(admin_client, editor):
    admin = get_user_model().objects.get(username="admin")
    url = reverse("wagtailusers_users:edit", args=[admin.pk])
    new = "another word of mine 8"
    sent = user_form(username="admin", email=admin.email, is_superuser="on", password1=new, password2=new)
    assert 'name="password1"' not in admin_client.get(url).text
    assert admin_client.post(url, sent).status_code == 302
    admin.refresh_from_db()
    assert admin.check_password(PASSWORD)


def test_own_password__cannot_be_guessed_in_the_account(own, editor):
    def guess(password: str) -> str:
        sent = {
            "password-old_password": password,
            "password-new_password1": "another word of mine 8",
            "password-new_password2": "another word of mine 8",
        }
        return own.post(ACCOUNT, own_form(**sent)).text

    for _n in range(20):
        guess("wrong")
    assert "Too many attempts" in guess(PASSWORD)
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_new_password__ends_all_other_sessions(own, editor):
    other = Client()
    other.force_login(editor)
    sent = {
        "password-old_password": PASSWORD,
        "password-new_password1": "another word of mine 8",
        "password-new_password2": "another word of mine 8",
    }
    assert own.post(ACCOUNT, own_form(**sent)).status_code == 302
    assert own.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302


@pytest.mark.parametrize("how", ["administrator", "link", "code"])
def test_new_password__by_another_way_ends_all_sessions(own, editor, admin_client, how):
    new = "another word of mine 8"
    if how == "administrator":
        url = reverse("wagtailusers_users:edit", args=[editor.pk])
        admin_client.post(url, user_form(password1=new, password2=new, your_password=PASSWORD))
    elif how == "link":
        reader = Client()
        reader.post("/admin/password_reset/", {"email": editor.email})
        link = next(word for word in mail.outbox[0].body.split() if "/password_reset/" in word)
        form = reader.get(link, follow=True)
        reader.post(form.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    else:
        editor.set_password(new)
        editor.save()
    editor.refresh_from_db()
    assert editor.check_password(new)
    assert own.get("/admin/").status_code == 302


@pytest.mark.parametrize("how", ["form", "bulk", "code"])
def test_closed_account__ends_sessions_for_good(own, editor, admin_client, how):
    assert own.get("/admin/").status_code == 200
    if how == "form":
        sent = user_form()
        del sent["is_active"]
        admin_client.post(reverse("wagtailusers_users:edit", args=[editor.pk]), sent)
    elif how == "bulk":
        url = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
        admin_client.post(f"{url}?id={editor.pk}", {"mark_as_active": "False"})
    else:
        editor.is_active = False
        editor.save()
    editor.refresh_from_db()
    assert not editor.is_active
    assert own.get("/admin/").status_code == 302
    editor.is_active = True
    editor.save()
    assert own.get("/admin/").status_code == 302
    assert admin_client.get("/admin/").status_code == 200
