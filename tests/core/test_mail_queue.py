"""Mails that are stored and handed to a mail server that refuses, hangs or is away."""

import datetime
import io
import socket
import time

import pytest
from django.contrib.auth import get_user_model
from django.core.mail import BadHeaderError, EmailMultiAlternatives, send_mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks.backends.immediate import ImmediateBackend

from core import work
from core.mail.backend import SEND
from core.mail.delivery import deliver
from core.models import QueuedMail, RecordedWork
from tests.mail_server import running

pytestmark = pytest.mark.django_db

AWAY = {"connect": "hang up"}


@pytest.fixture
def server():
    with running() as server:
        yield server


@pytest.fixture(autouse=True)
def queue(settings, monkeypatch, server):
    """The queue before a mail server, and no worker: tests do its work when they want."""
    settings.EMAIL_BACKEND = "core.mail.backend.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 0.3
    monkeypatch.setattr(work, "_paused_until", {})
    monkeypatch.setattr(ImmediateBackend, "enqueue", lambda self, task, args, kwargs: None)


def mail(subject: str = "Helpline changed", to: str = "amina@example.org") -> int:
    return send_mail(subject, "Look at it.", "site@example.org", [to])


def a_minute_later(monkeypatch) -> None:
    work._paused_until.clear()
    RecordedWork.objects.update(next_at=timezone.now() - datetime.timedelta(seconds=1))


def test_mail__is_stored_and_delivered_by_the_minute_job(server):
    assert mail("Ба нашр расид") == 1
    assert (server.mails, QueuedMail.objects.count()) == ([], 1)
    call_command("publish_scheduled")
    ((recipients, text),) = server.mails
    assert recipients == ["amina@example.org"]
    assert "Look at it." in text
    assert not QueuedMail.objects.exists()
    assert not RecordedWork.objects.filter(name=SEND).exists()
    call_command("publish_scheduled")
    assert len(server.mails) == 1


def test_mail__keeps_all_that_it_was_made_of(server):
    message = EmailMultiAlternatives(
        "Оё", "плоский", "site@example.org", ["a@example.org"], cc=["c@example.org"], bcc=["b@example.org"],
        reply_to=["r@example.org"], headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    message.attach_alternative("<p>html</p>", "text/html")
    message.attach("list.csv", "a,b", "text/csv")
    message.attach("photo.bin", b"\0\xff", "application/octet-stream")
    assert message.send() == 1
    work.perform(SEND)
    ((recipients, text),) = server.mails
    assert recipients == ["a@example.org", "c@example.org", "b@example.org"]
    for part in ("Auto-Submitted: auto-generated", "Reply-To: r@example.org", "<p>html</p>", "list.csv", "AP8="):
        assert part in text
    assert "b@example.org" not in text


def test_mail_that_forges_a_header__is_refused_at_once():
    with pytest.raises(BadHeaderError):
        mail("Hello\nBcc: other@example.org")
    assert not QueuedMail.objects.exists()


def test_mail_of_what_is_rolled_back__is_never_sent(server):
    with transaction.atomic():
        mail()
        transaction.set_rollback(True)
    call_command("publish_scheduled")
    assert server.mails == []


@pytest.mark.parametrize("answers", [AWAY, {"connect": "hang"}, {"MAIL": "hang"}, {"connect": "554 no"}])
def test_server_away__is_asked_once_and_everything_is_delivered_later(server, monkeypatch, caplog, answers):
    server.answers = answers
    for number in range(5):
        mail(to=f"person{number}@example.org")
    started = time.monotonic()
    call_command("publish_scheduled")
    assert time.monotonic() - started < 5
    assert server.connections == 1
    assert QueuedMail.objects.count() == 5
    assert len([each for each in caplog.records if each.name == "core.work"]) == 1
    a_minute_later(monkeypatch)
    call_command("publish_scheduled")
    assert len([each for each in caplog.records if each.name == "core.work"]) == 1
    server.answers = {}
    a_minute_later(monkeypatch)
    call_command("publish_scheduled")
    assert sorted(to for (to,), _text in server.mails) == [f"person{number}@example.org" for number in range(5)]
    assert not QueuedMail.objects.exists()


def test_nobody_at_the_port__keeps_the_mail(settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.EMAIL_PORT = taken.getsockname()[1]
    mail()
    call_command("publish_scheduled")
    assert "ConnectionRefusedError" in QueuedMail.objects.get().last_error
    assert "example.org" not in caplog.text


def test_come_again__is_repeated_and_stops_no_other(server, monkeypatch):
    mail()
    server.answers = {"RCPT": "451 greylisted"}
    work.perform(SEND)
    row = RecordedWork.objects.get(name=SEND)
    assert (row.attempts, row.next_at > timezone.now()) == (1, True)
    assert QueuedMail.objects.get().last_error.endswith("451 greylisted")
    server.answers = {}
    mail(to="other@example.org")
    work.perform(SEND)
    assert [to for to, _text in server.mails] == [["other@example.org"]]
    a_minute_later(monkeypatch)
    work.perform(SEND)
    assert len(server.mails) == 2


@pytest.mark.parametrize("answers", [{"RCPT": "550 no such user"}, {"end of data": "552 too large"}])
def test_refused_for_good__is_kept_for_administrators_and_not_repeated(server, caplog, answers):
    mail()
    server.answers = answers
    work.perform(SEND)
    kept = QueuedMail.objects.get()
    assert kept.refused_at
    assert kept.last_error[-3:] in ("ser", "rge")
    assert not RecordedWork.objects.filter(name=SEND).exists()
    assert "amina" not in caplog.text


def test_wrong_password_of_the_site__counts_as_away(server):
    mail()
    server.answers = {"MAIL": "530 log in first"}
    work.perform(SEND)
    assert not QueuedMail.objects.get().refused_at
    assert RecordedWork.objects.filter(name=SEND, next_at__lte=timezone.now()).count() == 1


def test_goodbye_that_is_never_said__delivers_once(server, monkeypatch):
    server.answers = {"QUIT": "hang"}
    mail()
    work.perform(SEND)
    a_minute_later(monkeypatch)
    work.perform(SEND)
    assert (len(server.mails), QueuedMail.objects.count()) == (1, 0)


def test_taken_by_another_process__is_not_sent_twice(server):
    mail()
    (row,) = RecordedWork.objects.filter(name=SEND)
    assert work._take(work._kinds[SEND]) == row
    assert work.perform(SEND) == 0
    assert server.mails == []


def test_killed_before_the_row_was_deleted__is_not_sent_again(server):
    mail()
    (row,) = RecordedWork.objects.filter(name=SEND)
    deliver([row.key])
    RecordedWork.objects.update(next_at=timezone.now())
    work.perform(SEND)
    assert len(server.mails) == 1


def test_too_old__loses_its_text_and_then_its_row():
    mail("Reset your password")
    QueuedMail.objects.update(queued_at=timezone.now() - datetime.timedelta(days=4))
    call_command("publish_scheduled")
    kept = QueuedMail.objects.get()
    assert (kept.content, kept.refused_at is not None) == ({}, True)
    assert not RecordedWork.objects.filter(name=SEND).exists()
    QueuedMail.objects.update(queued_at=timezone.now() - datetime.timedelta(days=34))
    call_command("publish_scheduled")
    assert not QueuedMail.objects.exists()


def test_password_reset__answers_at_once_and_arrives_when_the_server_is_back(client, server, monkeypatch):
    get_user_model().objects.create_superuser("admin", "admin@example.org", "a password of admin")
    server.answers = {"connect": "hang"}
    started = time.monotonic()
    answer = client.post("/admin/password_reset/", {"email": "admin@example.org"})
    assert answer.status_code == 302
    assert time.monotonic() - started < 3
    call_command("publish_scheduled")
    assert QueuedMail.objects.count() == 1
    server.answers = {}
    a_minute_later(monkeypatch)
    call_command("publish_scheduled")
    assert "/admin/password_reset/confirm/" in server.mails[0][1]


def test_status__shows_administrators_what_was_not_delivered(admin_client, server, monkeypatch):
    mail()
    server.answers = {"RCPT": "550 no such user"}
    work.perform(SEND)
    (kept,) = QueuedMail.objects.all()
    page = admin_client.get("/admin/site-status/").content.decode()
    assert "amina@example.org" in page
    assert "550 no such user" in page
    assert "Look at it." not in page
    server.answers = {}
    admin_client.post("/admin/site-status/", {"mail": [kept.pk, "9" * 30, "x"]})
    work.perform(SEND)
    assert len(server.mails) == 1
    assert "All mails were delivered" in admin_client.get("/admin/site-status/").content.decode()


def test_status__deletes_chosen_mails(admin_client):
    mail("Keep")
    mail("Delete")
    chosen = QueuedMail.objects.get(subject="Delete")
    admin_client.post("/admin/site-status/", {"mail": [chosen.pk], "discard": "1"})
    assert QueuedMail.objects.get().subject == "Keep"
    assert RecordedWork.objects.filter(name=SEND).count() == 1


def test_dashboard__says_since_when_mails_wait(admin_client):
    QueuedMail.objects.create(recipients="a@example.org", subject="x", content={})
    RecordedWork.objects.create(
        name=SEND, key="1", attempts=1, last_error="TimeoutError",
        recorded_at=datetime.datetime(2026, 3, 1, 9, 5, tzinfo=datetime.UTC),
    )  # fmt: skip
    page = admin_client.get("/admin/").content.decode()
    assert "1 not delivered, TimeoutError" in page
    assert "Mails are not delivered" in page
    assert "14:05" in page  # in Dushanbe


def test_command__tells_what_waits():
    mail()
    out = io.StringIO()
    call_command("recorded_work", stdout=out)
    assert "send_mail: 1 waiting, 0 failed" in out.getvalue()
