import datetime
import io
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks.backends.immediate import ImmediateBackend

from core import work
from core.models import RecordedWork

pytestmark = pytest.mark.django_db


class Performer:
    """Notes the keys of each call; those in `bad` fail."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.bad: set[str] = set()

    def __call__(self, keys: list[str]) -> None:
        if failing := self.bad & set(keys):
            raise RuntimeError(f"What {failing} holds")
        self.calls.append(keys)


@pytest.fixture
def performer(monkeypatch):
    monkeypatch.setattr(work, "_kinds", dict(work._kinds))
    monkeypatch.setattr(work, "PAUSE", 0)
    performer = Performer()
    work.register("test", performer, at_once=2, slice_size=3)
    return performer


@pytest.fixture
def enqueued(monkeypatch):
    names = []
    monkeypatch.setattr(ImmediateBackend, "enqueue", lambda self, task, args, kwargs: names.append(args))
    return names


def waiting() -> list[str]:
    return list(RecordedWork.objects.order_by("pk").values_list("key", flat=True))


def test_few_keys__are_done_by_whoever_commits(performer, enqueued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        work.record("test", ["b"])
        work.record("test", ["a", "b", "a"])
        assert performer.calls == []
    assert (performer.calls, waiting(), enqueued) == ([["b", "a"]], [], [])


def test_many_keys__are_done_by_the_worker_in_slices(performer, enqueued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        work.record("test", "abcdefg")
    assert (performer.calls, len(waiting()), enqueued) == ([], 7, [("test",)])
    work.perform_recorded.call("test")
    assert performer.calls == [["a", "b", "c"], ["d", "e", "f"], ["g"]]
    assert waiting() == []


def test_rolled_back__leaves_nothing_to_do(performer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            work.record("test", ["a"])
            transaction.set_rollback(True)
        work.record("test", ["b"])
    assert performer.calls == [["b"]]


def test_killed_after_the_commit__is_done_by_the_minute_job(performer):
    work.record("test", "abcd")
    call_command("publish_scheduled")
    assert (performer.calls, waiting()) == ([["a", "b", "c"], ["d"]], [])
    call_command("publish_scheduled")
    assert len(performer.calls) == 2


def test_queue_that_fails__does_not_fail_who_saved(performer, monkeypatch, django_capture_on_commit_callbacks):
    def fail(*args):
        raise OSError("No queue")

    monkeypatch.setattr(ImmediateBackend, "enqueue", fail)
    with django_capture_on_commit_callbacks(execute=True):
        work.record("test", "abc")
    assert waiting() == ["a", "b", "c"]
    assert work.perform_due() == 3


def test_failing_key__stops_no_other_and_is_logged_once(performer, caplog):
    performer.bad = {"b"}
    work.record("test", "abcd")
    assert work.perform_due() == 3
    assert performer.calls == [["a"], ["c"], ["d"]]
    (row,) = RecordedWork.objects.all()
    assert (row.key, row.attempts) == ("b", 1)
    assert row.last_error.startswith("RuntimeError (test_work.py:")
    assert "holds" not in row.last_error
    assert work.perform_due() == 0
    RecordedWork.objects.update(next_at=timezone.now())
    assert work.perform_due() == 0
    assert len([each for each in caplog.records if each.name == "core.work"]) == 1


def test_failing_key__waits_longer_each_time_and_an_hour_at_most(performer):
    performer.bad = {"a"}
    work.record("test", "a")
    waits = []
    for _attempt in range(9):
        RecordedWork.objects.update(next_at=timezone.now())
        work.perform_due()
        waits.append(round((RecordedWork.objects.get().next_at - timezone.now()).total_seconds() / 60))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    performer.bad = set()
    RecordedWork.objects.update(next_at=timezone.now())
    assert (work.perform_due(), waiting()) == (1, [])


def test_unknown_name__is_refused(performer):
    with pytest.raises(KeyError):
        work.record("other", ["a"])


def told() -> tuple[str, str | int | None]:
    out = io.StringIO()
    try:
        call_command("recorded_work", stdout=out)
    except SystemExit as ended:
        return out.getvalue(), ended.code
    return out.getvalue(), 0


def test_command__tells_what_is_waiting(performer):
    assert told() == ("No recorded work is waiting.\n", 0)
    work.record("test", "ab")
    RecordedWork.objects.update(recorded_at=timezone.now() - datetime.timedelta(seconds=90))
    RecordedWork.objects.create(name="gone", key="x")
    text, code = told()
    assert "test: 2 waiting, 0 failed, 90 s\n" in text
    assert "gone: 1 waiting, 0 failed, 0 s, of an unknown name" in text
    assert code == 0
    performer.bad = {"a"}
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("recorded_work", perform=True, stdout=out)
    assert "1 done." in out.getvalue()
    assert "test: 1 waiting, 1 failed" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_performers_at_once__do_each_key_once(performer):
    """The second comes while the first is at it: on PostgreSQL it passes over what is taken."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    others = []

    def perform(keys):
        performer.calls.append(keys)
        if len(performer.calls) == 1:
            thread = Thread(target=lambda: (others.append(work.perform("test")), connection.close()))
            thread.start()
            thread.join(10)

    with transaction.atomic():
        RecordedWork.objects.bulk_create([RecordedWork(name="test", key=key) for key in "abcd"])
    work.register("test", perform, slice_size=3)
    assert work.perform("test") == 3
    assert others == [1]
    assert performer.calls == [["a", "b", "c"], ["d"]]
