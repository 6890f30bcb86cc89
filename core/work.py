"""Recorded work: jobs that are recorded in the transaction that makes them necessary, and done after its commit.

An app registers a function under a name in its `ready()`, and records keys when something changes. The rows
(`RecordedWork`) are committed with the change or not at all. A few keys are done right after the
commit by the committing process, more by the worker (`manage.py db_worker`). What was interrupted or has failed is
repeated each minute by `manage.py publish_scheduled`. `manage.py recorded_work` lists what is waiting.

Registered functions must be idempotent, as interrupted work is repeated.

Work that waits for another machine, such as a mail server, is registered as `outside`: each key is done separately
and in no transaction, so that nobody who saves waits for it.
"""

import datetime
import logging
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db import connection, models, transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django_tasks import task

from core.internals.django import waiting_for_commit

logger = logging.getLogger(__name__)

Perform = Callable[[list[str]], object]

LONGEST_WAIT = 60
"""Longest time in minutes between two attempts at failing work; the first pause is one minute."""
PAUSE = 0.15
"""Seconds between two slices on SQLite, where only one connection can write and a waiting one retries every 0.1
s."""
AT_ONCE = 1_000
"""Number of rows in one statement."""
LEASE = datetime.timedelta(minutes=10)
"""Time for which a key is reserved that is done outside a transaction: longer than any attempt takes."""
PAUSE_WHEN_AWAY = 50.0
"""Seconds during which a process does not retry unavailable work; shorter than the interval of
publish_scheduled."""


class RecordedWork(models.Model):
    """A task that a committed change has made necessary and that is not done yet. There is one row for each time
    it was recorded; it is deleted when the task is done."""

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    """The name of a row or file; never content."""
    recorded_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    """The number of failed attempts."""
    next_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=200, blank=True)
    """Class of the exception and where it was raised, without the message, which may quote content."""

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["name", "next_at"], name="core_work_due")]


class Unavailable(Exception):
    """Raised by work registered with `outside` if a service that all its keys need is unavailable, so that other
    keys are not tried. Raise it from the error that says why."""


@dataclass(frozen=True)
class Kind:
    """Work registered under a name. `at_once`: most keys that are done right after the commit; `slice_size`: most
    keys in one transaction; `outside`: each key separately and in no transaction."""

    name: str
    perform: Perform
    at_once: int
    slice_size: int
    outside: bool = False


@dataclass(frozen=True)
class Waiting:
    """The work that is recorded under a name and not done: number of keys, number of failed keys, and the time of
    the oldest record."""

    name: str
    keys: int
    failing: int
    oldest: datetime.datetime
    last_error: str


_kinds: dict[str, Kind] = {}
_paused_until: dict[str, float] = {}
_resumed: list[Callable[[], object]] = []


def register(name: str, perform: Perform, at_once: int = 0, slice_size: int = 100, outside: bool = False) -> None:
    """Register the function `perform` for work recorded under `name`; it is called with a list of distinct keys,
    at most `slice_size`. Up to `at_once` keys are done right after the commit that records them, more by the
    worker.

    `perform` runs in one transaction with the deletion of the keys' rows, so that a slice must take well under a
    second. If it raises, each key is tried separately, and keys that fail again are repeated later.

    With `outside`, `perform` gets one key at a time, never in the committing process, and may take a few minutes.
    It should raise Unavailable if no other key could be done either.
    """
    _kinds[name] = Kind(name, perform, 0 if outside else at_once, slice_size, outside)


def register_resumed(resume: Callable[[], object]) -> None:
    """Register a function to be called when a worker starts, which queues again the tasks that an earlier worker
    has not finished."""
    if resume not in _resumed:
        _resumed.append(resume)


def resume() -> None:
    """Call the functions registered with `register_resumed`."""
    for each in _resumed:
        each()


def registered() -> list[str]:
    """Return the names of all registered work."""
    return list(_kinds)


def record(name: str, keys: Iterable[str]) -> None:
    """Record keys in the running transaction, and after its commit do the work or queue it for the worker; outside
    of a transaction at once. Raise KeyError for an unknown name."""
    kind, some = _kinds[name], sorted(set(keys))
    if not some:
        return
    RecordedWork.objects.bulk_create([RecordedWork(name=kind.name, key=key) for key in some], batch_size=AT_ONCE)
    recorded = _recorded_in_transaction()
    recorded.keys[name].update(some)
    if not connection.in_atomic_block:
        recorded()


class Recorded:
    """The keys that one transaction has recorded by name; called after the commit, does or queues the work."""

    def __init__(self) -> None:
        self.keys: dict[str, set[str]] = defaultdict(set)

    def __call__(self) -> None:
        keys, self.keys = self.keys, defaultdict(set)
        for name in [each for each in _kinds if each in keys]:
            if len(keys[name]) <= _kinds[name].at_once:
                _perform_slice(_kinds[name], keys[name])
            else:
                _enqueue(name)


def _recorded_in_transaction() -> Recorded:
    """Return the one `Recorded` of the running transaction, added to its commit hooks when first needed; outside
    of a transaction a new one."""
    waiting = waiting_for_commit()
    found = next((each for _points, each, _robust in reversed(waiting) if isinstance(each, Recorded)), Recorded())
    if connection.in_atomic_block:
        # Added without savepoint ids, so that the hook stays if a savepoint is rolled back; the rows of that
        # savepoint are gone then. Robust, so that an error in it does not fail the request.
        waiting.append((set(), found, True))
    return found


def _enqueue(name: str) -> None:
    """Queue a task for the worker that does the work of this name; log errors and never raise."""
    try:
        perform_recorded.enqueue(name)
    except Exception:
        # The change is saved already, and publish_scheduled will do the work.
        logger.exception("Recorded work (%s) could not be queued", name)


@task()
def perform_recorded(name: str) -> int:
    """Do the due work recorded under a name, and return how many keys were done (task for the worker)."""
    return perform(name)


def perform_due(outside: bool = True) -> int:
    """Do all registered work that is due, including the work recorded meanwhile, and return how many keys were
    done. With `outside=False` leave out work that waits for other machines."""
    done = 0
    # Work that waits for other machines comes last, so that it does not delay the rest.
    names = sorted(_kinds, key=lambda name: _kinds[name].outside)
    names = [name for name in names if outside or not _kinds[name].outside]
    while some := sum(perform(name) for name in names):
        done += some
    return done


def perform(name: str) -> int:
    """Do the due work of one name in slices, and return how many keys were done; failed ones are postponed.
    Several processes may do so at once: on PostgreSQL they take different rows, on SQLite they wait for each
    other. Raise KeyError for an unknown name."""
    kind = _kinds[name]
    return _perform_outside(kind) if kind.outside else _perform_all(kind)


def _perform_outside(kind: Kind) -> int:
    """Do each due key separately, until none is left or the service is unavailable, and return how many were done.
    A key is reserved for LEASE before it is done, so that no other process takes it; if the process is killed, the
    key is done again after that time."""
    done = 0
    while time.monotonic() >= _paused_until.get(kind.name, 0) and (row := _take(kind)) is not None:
        try:
            kind.perform([row.key])
        except Unavailable as error:
            _note_away(row, error)
        except Exception as error:
            _postpone(kind.name, {row.pk: row.key}, error)
        else:
            RecordedWork.objects.filter(pk=row.pk).delete()
            done += 1
    return done


def _take(kind: Kind) -> RecordedWork | None:
    """Reserve the next due row of this work for LEASE and return it, or None if nothing is due."""
    due = RecordedWork.objects.filter(name=kind.name, next_at__lte=timezone.now())
    for row in due.order_by("next_at", "pk")[: kind.slice_size]:
        if due.filter(pk=row.pk).update(next_at=timezone.now() + LEASE):
            return row
    return None


def _note_away(row: RecordedWork, error: Unavailable) -> None:
    """Pause the work of this name in this process for PAUSE_WHEN_AWAY seconds after `Unavailable`, and put the row
    behind the others. Log each outage once."""
    _paused_until[row.name] = time.monotonic() + PAUSE_WHEN_AWAY
    what = _kind_of(error.__cause__ or error)
    if not RecordedWork.objects.filter(name=row.name, last_error=what).exists():
        logger.error("Recorded work waits for what is away: %s (%s)", row.name, what)
    row.attempts = min(row.attempts + 1, 1_000)
    row.next_at = timezone.now()
    row.last_error = what
    row.save(update_fields=["attempts", "next_at", "last_error"])


def _perform_all(kind: Kind) -> int:
    """Do the due keys in slices, and return how many were done."""
    done = 0
    while (some := _perform_slice(kind)) is not None:
        done += some
        if some == kind.slice_size and connection.vendor == "sqlite" and not connection.in_atomic_block:
            time.sleep(PAUSE)
    return done


def _perform_slice(kind: Kind, keys: Collection[str] | None = None) -> int | None:
    """Do one slice of the due keys, or those of `keys`, and return how many were done, or None if nothing is due.
    If a slice fails, do its keys separately and postpone those that fail."""
    rows = RecordedWork.objects.filter(name=kind.name, next_at__lte=timezone.now())
    rows = rows.order_by("pk")[: kind.slice_size] if keys is None else rows.filter(key__in=keys).order_by("pk")
    taken: dict[int, str] = {}
    some: list[str] = []
    try:
        with transaction.atomic():
            taken = dict(rows.select_for_update(skip_locked=True).values_list("pk", "key"))
            some = list(dict.fromkeys(taken.values()))
            if taken:
                kind.perform(some)
                RecordedWork.objects.filter(pk__in=taken).delete()
    except Exception as error:
        if not taken:
            raise
        if len(some) == 1:
            _postpone(kind.name, taken, error)
            return 0
        # At least one key fails: do each separately, so that it does not stop the others.
        return sum(_perform_slice(kind, [key]) or 0 for key in some)
    return len(some) if taken else None


def _kind_of(error: BaseException) -> str:
    """Return the class of an error and the file and line where it was raised, at most 200 characters, without its
    message."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{where}"[:200]


@transaction.atomic
def _postpone(name: str, taken: dict[int, str], error: Exception) -> None:
    """Postpone failed rows, twice as long after each failure up to LONGEST_WAIT, and log new kinds of errors. Rows
    that another process has taken since are left to it."""
    kind_of_error = _kind_of(error)
    for row in RecordedWork.objects.select_for_update(skip_locked=True).filter(pk__in=taken):
        if row.last_error != kind_of_error:
            # Logged once for each kind of error, not for each attempt.
            logger.error("Recorded work failed and is repeated: %s %s", name, row.key, exc_info=error)
        row.attempts = min(row.attempts + 1, 1_000)
        minutes = min(2 ** min(row.attempts - 1, 10), LONGEST_WAIT)
        row.next_at = timezone.now() + datetime.timedelta(minutes=minutes)
        row.last_error = kind_of_error
        row.save(update_fields=["attempts", "next_at", "last_error"])


def rows_of(names: Collection[str]) -> list[int]:
    """Return the primary keys of the rows recorded under these names, for a command that redoes all such work."""
    return list(RecordedWork.objects.filter(name__in=names).values_list("pk", flat=True))


def forget(rows: Collection[int]) -> None:
    """Delete rows (primary keys) that `rows_of` has returned, after their work was done in another way."""
    ordered = sorted(rows)
    for start in range(0, len(ordered), AT_ONCE):
        RecordedWork.objects.filter(pk__in=ordered[start : start + AT_ONCE]).delete()


def waiting() -> list[Waiting]:
    """Return the work that is recorded and not done, one entry for each name."""
    counted = RecordedWork.objects.values("name").order_by("name")
    counted = counted.annotate(
        keys=Count("key", distinct=True),
        failing=Count("key", distinct=True, filter=Q(attempts__gt=0)),
        oldest=Min("recorded_at"),
        last_error=Max("last_error"),
    )
    return [Waiting(**row) for row in counted]
