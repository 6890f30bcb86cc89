"""What machines and administrators are told about the site's health."""

import datetime
import json
import os
import socket
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core import periodic
from core.health import checks, heartbeats
from core.models import Heartbeat, RecordedWork
from tests.mail_server import running
from tests.scenes import scene

TOKEN = "a token of thirty-two characters"


@pytest.fixture(autouse=True)
def _asked_for_the_first_time(monkeypatch, settings):
    monkeypatch.setattr(checks, "_mail_server", {})
    monkeypatch.setattr(checks, "_is_migrated", [])
    settings.HEALTH_TOKEN = TOKEN
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


@scene
def alive(db):
    heartbeats.beat(heartbeats.WORKER)
    heartbeats.beat(heartbeats.SCHEDULER)


def asked() -> dict[str, Any]:
    return Client().get("/readyz", headers={"authorization": f"Bearer {TOKEN}"}).json()


def wrong() -> set[str]:
    return {name for name, check in asked()["checks"].items() if not check["ok"]}


def stop_database(monkeypatch) -> None:
    def unreachable():
        raise OperationalError("connection to server failed")

    monkeypatch.setattr(connection, "cursor", unreachable)


def test_health__answers_without_a_session(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.django_db
def test_database_down__leaves_the_process_alive_and_not_ready(monkeypatch):
    stop_database(monkeypatch)

    assert Client().get("/healthz").status_code == 200
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (503, b"unavailable\n")
    assert wrong() == {"database", "migrations", "mail", "worker", "scheduler"}


def test_all_well__is_one_word(alive):
    response = Client().get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert asked()["status"] == "ok"
    assert set(asked()["checks"]) == {
        "database", "migrations", "cache", "media", "disk", "mail", "worker", "scheduler",
    }  # fmt: skip


@pytest.mark.parametrize(
    "sent", [{}, {"authorization": "Bearer "}, {"authorization": "Bearer wrong"}, {"authorization": TOKEN},
             {"authorization": "Basic " + TOKEN}, {"authorization": "Bearer \u00e9"}],
)  # fmt: skip
def test_details__are_told_to_nobody_without_the_token(alive, settings, sent):
    settings.CACHES = {**settings.CACHES, "default": {"LOCATION": "redis://127.0.0.1:1/0"}}
    response = Client().get("/readyz", headers=sent)

    assert (response.status_code, response.content) == (200, b"degraded\n")
    settings.HEALTH_TOKEN = ""
    assert Client().get("/readyz", headers={"authorization": "Bearer "}).content == b"degraded\n"


def test_cache_away__is_named(alive, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        location = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        settings.CACHES = {**settings.CACHES, "default": {"LOCATION": location}}
        assert wrong() == {"cache"}


def test_mail_server_away__is_named_before_any_mail_waits(alive, settings, monkeypatch):
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 10
    with running() as server:
        settings.EMAIL_PORT = server.port
        assert wrong() == set()
        monkeypatch.setattr(checks, "_mail_server", {})
        server.answers = {"connect": "421 closing"}
        assert wrong() == {"mail"}
        assert wrong() == {"mail"}
        assert server.connections == 2


def test_mails_that_wait__are_named_with_since_when(alive):
    since = timezone.now() - datetime.timedelta(hours=3)
    RecordedWork.objects.create(
        name="send_mail", key="1", attempts=2, last_error="TimeoutError", recorded_at=since
    )
    mail = asked()["checks"]["mail"]
    assert (mail["ok"], mail["since"]) == (False, since.isoformat())


def test_disk_almost_full__is_named(alive, settings):
    settings.DISK_LOW_MB = 10**9
    assert wrong() == {"disk"}


def test_disk_without_room_for_files__is_named(alive, monkeypatch):
    real = os.statvfs
    monkeypatch.setattr(
        os,
        "statvfs",
        lambda path: SimpleNamespace(
            f_bavail=real(path).f_bavail, f_frsize=real(path).f_frsize, f_favail=0, f_files=100
        ),
    )
    assert "no more files" in asked()["checks"]["disk"]["detail"]


def test_bucket_that_does_not_answer__is_named(alive, monkeypatch):
    def fail(name):
        raise PermissionError

    monkeypatch.setattr(checks, "default_storage", SimpleNamespace(exists=fail))
    assert wrong() == {"media"}
    assert Client().get("/readyz").content == b"degraded\n"


def test_folder_that_cannot_be_written__is_named(alive, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, how: not how & os.W_OK)
    assert wrong() == {"media"}


def test_missing_migration__makes_it_unavailable(alive, monkeypatch):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).record_unapplied("core", "0001_initial")
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    assert wrong() == {"migrations"}
    MigrationRecorder(connection).record_applied("core", "0001_initial")
    MigrationRecorder(connection).record_applied("sessions", "0001_initial")
    assert wrong() == set()


@pytest.mark.parametrize("name", [heartbeats.WORKER, heartbeats.SCHEDULER])
def test_process_that_died__is_named_with_since_when(alive, name):
    since = timezone.now() - datetime.timedelta(minutes=20)
    Heartbeat.objects.filter(name=name).update(at=since)
    assert wrong() == {name}
    assert asked()["checks"][name]["since"] == since.isoformat()
    Heartbeat.objects.filter(name=name).delete()
    assert asked()["checks"][name]["detail"] == "has never run"


def test_scheduler__beats_also_where_something_fails(db, monkeypatch):

    def fail():
        raise RuntimeError

    monkeypatch.setattr(periodic, "_deeds", [fail])
    with pytest.raises(Exception, match="failed; see the log"):
        call_command("publish_scheduled")
    assert set(heartbeats.last_beats()) == {"scheduler"}


@pytest.mark.django_db(transaction=True)
def test_worker__beats_while_it_runs(monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    seen = []
    monkeypatch.setattr(Worker, "configure_signals", lambda self: None)
    monkeypatch.setattr(heartbeats, "INTERVAL", 0.05)

    def run(self):
        deadline = timezone.now() + datetime.timedelta(seconds=20)
        while len(set(seen)) < 2 and timezone.now() < deadline:
            seen.extend(heartbeats.last_beats().values())

    monkeypatch.setattr(Worker, "run", run)
    call_command("db_worker", reload=False)
    assert len(set(seen)) >= 2


def test_worker__that_ends_by_itself_does_not_beat(db, monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(Worker, "run", lambda self: None)
    monkeypatch.setattr(Worker, "configure_signals", lambda self: None)
    call_command("db_worker", batch=True, reload=False)
    assert heartbeats.last_beats() == {}


def test_dashboard__tells_administrators_what_waits_since_when(alive, admin_client):
    assert "site-status" not in _panel(admin_client)
    since = datetime.datetime(2026, 3, 1, 9, 5, tzinfo=datetime.UTC)
    Heartbeat.objects.filter(name=heartbeats.WORKER).update(at=since)
    task = DBTaskResult.objects.create(
        args_kwargs={}, task_path="core.work.perform_recorded", backend_name="default", run_after=since
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=since)
    RecordedWork.objects.create(name="search_entries", key="1", recorded_at=since)
    page = _panel(admin_client)
    assert "The worker is not running" in page
    assert "since" in page
    assert "1 task waiting since 2026-03-01 14:05" in page
    assert "search_entries: 1, since 2026-03-01 14:05" in page
    assert "The scheduler is not running" not in page


def _panel(client: Client) -> str:
    page = client.get("/admin/").content.decode()
    return page.partition('id="site-status-section"')[2].partition("</section>")[0]


def test_others__see_neither_panel_nor_screen(db, client, django_user_model):
    editor = django_user_model.objects.create_user("editor", "e@example.org", "a password of an editor")
    editor.groups.add(Group.objects.get(name="Publisher"))
    client.force_login(editor)
    assert _panel(client) == ""
    assert client.get("/admin/site-status/").status_code in (302, 403)
    editor.user_permissions.add(Permission.objects.get(codename="change_user"))
    assert "The worker is not running" in _panel(client)
    assert client.get("/admin/site-status/").status_code == 200


def test_details__are_json(alive):
    response = Client().get("/readyz", headers={"authorization": f"Bearer {TOKEN}"})
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["checks"]["database"] == {"ok": True, "detail": "", "since": None}
