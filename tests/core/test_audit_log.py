"""What the audit log records, and that nobody changes it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission, PageViewRestriction

from core.audit.models import AuditEntry
from core.audit.record import record
from core.consent.withdrawals import WITHDRAWN, withdraw
from tests import factories
from tests.scenes import scene

PASSWORD = "a word of my own 7"


@pytest.fixture
def admin(client, site):
    user = factories.UserFactory(username="admin", is_superuser=True)
    client.force_login(user)
    return user


@scene
def editor(site):
    user = factories.UserFactory(username="editor", email="editor@example.org")
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name="Editor"))
    return user


def newest() -> AuditEntry:
    return AuditEntry.objects.latest("pk")


def told() -> list[tuple[Any, ...]]:
    return [(entry.action, entry.user_name, entry.subject_name) for entry in AuditEntry.objects.order_by("pk")]


def fresh() -> int:
    return AuditEntry.objects.count()


def test_log_ins__and_failures_are_recorded_without_the_whole_address(editor):
    def log_in(**given) -> None:
        Client().post("/admin/login/", {"username": "editor", **given}, REMOTE_ADDR="203.0.113.77")

    log_in(password=PASSWORD)
    assert (newest().action, newest().user_name, newest().network) == ("log_in", "editor", "203.0.113.0/24")
    log_in(password="wrong")
    assert (newest().action, newest().user_name, newest().subject_name) == ("log_in.failed", "", "editor")
    # Somebody may have typed the password in the wrong field.
    log_in(username="my secret word", password="wrong")
    assert (newest().action, newest().subject_name) == ("log_in.failed", "")
    assert not any("secret" in str(vars(entry)) for entry in AuditEntry.objects.all())
    log_in(username="nobody\0", password="wrong")
    log_in(username="x" * 10_000, password="wrong")
    assert AuditEntry.objects.filter(action="log_in.failed").count() >= 2


def test_guessing__is_recorded_once_not_with_every_refused_try(editor):
    for _n in range(9):
        Client().post("/admin/login/", {"username": "editor", "password": "wrong"})
    actions = list(AuditEntry.objects.values_list("action", flat=True))
    assert actions.count("log_in.failed") == 5
    assert actions.count("log_in.refused") == 1


def test_accounts__tell_what_has_changed_but_not_to_what(client, admin, editor):
    editor.is_superuser = True
    editor.email = "other@example.org"
    editor.save()
    assert newest().action == "account.changed"
    assert newest().details == {"email": "changed", "is_superuser": True}
    editor.set_password("another word of mine 8")
    editor.save()
    assert newest().details == {"password": "changed"}
    before = fresh()
    editor.save()
    editor.last_login = timezone.now()
    editor.save(update_fields=["last_login"])
    assert fresh() == before


def test_accounts__in_the_admin_name_who_changed_them(client, admin, editor):
    groups = [str(Group.objects.get(name="Publisher").pk)]
    data = {
        "username": "editor",
        "email": "editor@example.org",
        "first_name": "E",
        "last_name": "D",
        "groups": groups,
    }
    client.post(reverse("wagtailusers_users:edit", args=[editor.pk]), data)
    entries = {entry.action: entry for entry in AuditEntry.objects.filter(user_name="admin")}
    assert entries["account.changed"].details == {"is_active": False}
    found = AuditEntry.objects.filter(action="group.members", user_name="admin", subject_name="editor")
    assert {(entry.details["how"], *entry.details["group"]) for entry in found} == {
        ("remove", "Editor"),
        ("add", "Publisher"),
    }


def test_accounts__created_and_deleted_are_recorded(client, admin):
    user = factories.UserFactory(username="new")
    assert ("account.created", "", "new") in told()
    client.post(reverse("wagtailusers_users:delete", args=[user.pk]))
    assert told()[-1] == ("deleted", "admin", "new")


def test_accounts__set_inactive_together_are_recorded_one_by_one(client, admin, editor):
    other = factories.UserFactory(username="other")
    url = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    client.post(f"{url}?id={editor.pk}&id={other.pk}", {"mark_as_active": "False"})
    found = AuditEntry.objects.filter(action="account.changed", user_name="admin")
    assert {(entry.subject_name, entry.details["is_active"]) for entry in found} == {
        ("editor", False),
        ("other", False),
    }


def test_groups_and_permissions__are_recorded_from_either_side(site, editor):
    group = Group.objects.create(name="Guests")
    assert newest().action == "group.created"
    permission = Permission.objects.get(codename="change_quote")
    group.permissions.add(permission)
    assert (newest().action, newest().details["permission"]) == ("rights.changed", [str(permission)])
    group.user_set.add(editor)
    assert (newest().action, newest().subject_name, newest().details["user"]) == (
        "group.members",
        "Guests",
        ["editor"],
    )
    editor.user_permissions.add(permission)
    assert (newest().action, newest().subject_name) == ("rights.changed", "editor")
    group.permissions.clear()
    assert (newest().action, newest().details) == ("rights.changed", {"how": "clear"})
    group.delete()
    assert (newest().action, newest().subject_name) == ("deleted", "Guests")


def test_rights_on_pages_and_privacy__are_recorded(site):
    group = Group.objects.get(name="Editor")
    permission = Permission.objects.get(codename="publish_page")
    right = GroupPagePermission.objects.create(group=group, page=site.home, permission=permission)
    assert newest().action == "rights.changed"
    assert newest().details == {
        "how": "given",
        "group": str(group.pk),
        "page": str(site.home.pk),
        "permission": str(permission.pk),
    }
    right.delete()
    assert newest().details["how"] == "taken"
    PageViewRestriction.objects.create(page=site.home, restriction_type="login")
    assert (newest().action, newest().details["page"]) == ("rights.changed", str(site.home.pk))
    group.language_rights.create(locale=site.locales["tg"], action="review")
    assert (newest().subject_kind, newest().details["how"]) == ("translation.languageright", "given")


def test_consent__is_recorded_without_words(client, admin):
    quote = factories.QuoteFactory(text="Words of somebody.")
    before = fresh()
    quote.text = "Other words."
    quote.save()
    assert fresh() == before
    quote.consent_scope, quote.consent_reference = "all", "form 12 of A. Person"
    quote.save()
    entry = newest()
    assert (entry.action, entry.subject_kind) == ("consent.changed", "campaigns.quote")
    assert entry.subject_id == str(quote.pk)
    assert entry.details == {"consent_scope": "all", "consent_reference": "changed"}
    withdraw(quote, admin, "They asked for it.")
    assert AuditEntry.objects.filter(action=WITHDRAWN, subject_id=str(quote.pk), user_name="admin").exists()
    recorded = " ".join(str(vars(entry)) for entry in AuditEntry.objects.all())
    assert "ords" not in recorded
    assert "Person" not in recorded


@pytest.mark.parametrize(
    "address",
    [
        "/admin/reports/site-history/?export=csv",
        "/admin/reports/site-history/?export=xlsx",
        "/admin/audit-log/?export=csv",
    ],
)
def test_exports__are_recorded(client, admin, address):
    response = client.get(address)
    assert response["Content-Disposition"].startswith("attachment")
    assert (newest().action, newest().user_name) == ("export", "admin")
    assert newest().details["what"]


@pytest.mark.parametrize("make", ["page", "quote", "image", "document"])
def test_deletions__are_recorded_once_without_title(client, admin, site, make):
    made = {
        "page": lambda: factories.SectionPageFactory(parent=site.home, title="A name"),
        "quote": factories.QuoteFactory,
        "image": lambda: factories.SiteImageFactory(title="A name"),
        "document": lambda: factories.DocumentFactory(title="A name"),
    }[make]()
    pk, label = str(made.pk), made._meta.label_lower
    made.delete()
    found = AuditEntry.objects.filter(action="deleted", subject_id=pk, subject_kind=label)
    assert found.count() == 1
    assert found.get().subject_name == ""


def test_deleting_a_branch__names_every_page(client, admin, site):
    above = factories.SectionPageFactory(parent=site.home)
    below = factories.SectionPageFactory(parent=above)
    numbers = {str(above.pk), str(below.pk)}
    client.post(reverse("wagtailadmin_pages:delete", args=[above.pk]))
    found = AuditEntry.objects.filter(action="deleted", subject_kind="home.sectionpage")
    assert {(entry.subject_id, entry.user_name) for entry in found} == {(number, "admin") for number in numbers}


def test_what_others_log__is_taken_over_without_its_data(site, admin):
    log(admin, WITHDRAWN, user=admin, data={"words": "of somebody"})
    assert (newest().action, newest().user_name, newest().subject_name) == (WITHDRAWN, "admin", "admin")
    assert newest().details == {}
    before = fresh()
    log(site.home, "wagtail.edit", user=admin)
    assert fresh() == before


def test_screen__shows_and_filters(client, admin, editor):
    record("log_in.failed", editor, network="203.0.113.0/24")
    record("export", user=editor, details={"what": "reports"})
    page = client.get("/admin/audit-log/")
    assert page.status_code == 200
    for text in ("Log-in failed", "203.0.113.0/24", "Exported", "what: reports"):
        assert text in page.text
    only = client.get("/admin/audit-log/results/?action=export&user_name=editor").text
    assert "what: reports" in only
    assert "203.0.113.0/24" not in only
    for hostile in ("?at_from=x", "?action=nothing", "?p=x", "?user_name=%00", "?ordering=x"):
        assert client.get(f"/admin/audit-log/{hostile}").status_code < 500


@pytest.mark.parametrize("group", ["Editor", "Publisher", "Reviewer", "Translator ru"])
def test_screen__is_for_administrators(client, site, group):
    user = factories.UserFactory()
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    assert client.get("/admin/audit-log/").status_code in (302, 403)
    assert "audit-log" not in client.get("/admin/").text


def test_screen__asks_as_much_for_many_entries(client, admin, django_assert_max_num_queries):
    for number in range(60):
        record("log_in", admin, admin, details={"turn": number})
    client.get("/admin/audit-log/")
    with django_assert_max_num_queries(20):
        client.get("/admin/audit-log/")
