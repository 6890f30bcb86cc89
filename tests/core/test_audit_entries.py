"""Nobody changes an entry of the audit log: not by code, not in the database."""

import datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.audit.models import AuditEntry
from core.audit.record import record
from tests import factories


def test_entries__cannot_be_changed_by_code(site):
    entry = record("log_in")
    entry.user_name = "somebody else"
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        AuditEntry.objects.update(user_name="")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET user_name = ''",
        "UPDATE core_auditentry SET at = '2000-01-01 00:00:00'",
        "DELETE FROM core_auditentry",
        pytest.param(
            "INSERT OR REPLACE INTO core_auditentry SELECT * FROM core_auditentry",
            marks=pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has REPLACE"),
        ),
    ],
)
def test_entries__cannot_be_changed_in_the_database(site, statement):
    record("log_in")
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        connection.cursor().execute(statement)
    assert AuditEntry.objects.filter(action="log_in").count() == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_entries__cannot_be_truncated(site):
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        connection.cursor().execute("TRUNCATE core_auditentry")


@pytest.mark.parametrize("how", ["instance", "queryset"])
def test_entries__cannot_be_deleted(site, how):
    entry = record("log_in")
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete() if how == "instance" else AuditEntry.objects.all().delete()
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_entries__are_deleted_after_two_years(site):
    now = timezone.now()
    for days in (1, 729, 740, 3000):
        AuditEntry(action="log_in", at=now - datetime.timedelta(days=days)).save()
    call_command("publish_scheduled")
    ages = {(now - at).days for at in AuditEntry.objects.filter(action="log_in").values_list("at", flat=True)}
    assert ages == {1, 729}


def test_entries__outlive_the_user(site):
    user = factories.UserFactory(username="editor")
    entry = record("log_in", user, user)
    user.delete()
    assert AuditEntry.objects.get(pk=entry.pk).user_name == "editor"
