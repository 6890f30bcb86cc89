"""Work that is recorded in the transaction that makes it necessary, and done after its commit.

An app registers a function under a name in its `ready()`, and records keys where something changes. The rows
(`core.models.RecordedWork`) are committed with the change or not at all. A few keys are done at once by whoever
committed, more of them by the worker (`manage.py db_worker`); what neither did, because it was killed or failed,
is repeated each minute by `manage.py publish_scheduled`. `manage.py recorded_work` tells what is waiting.

What is registered must be idempotent: after a kill it is done again.

What waits for another machine, as a mail server, is registered as `outside`: each key is done by itself, in no
transaction, so that nobody who saves waits for it.
"""

import datetime
import logging
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django_tasks import task

from core.models.work import RecordedWork

logger = logging.getLogger(__name__)

Perform = Callable[[list[str]], object]

LONGEST_WAIT = 60
"""Minutes between two attempts at what keeps failing; the first is repeated after one minute."""
PAUSE = 0.15
"""Seconds between two slices on SQLite, where one connection writes at a time: a waiting one asks each 0.1 s."""
AT_ONCE = 1_000
LEASE = datetime.timedelta(minutes=10)
"""How long a key that is done outside a transaction belongs to who took it: longer than any attempt takes."""
PAUSE_WHEN_AWAY = 50.0
"""Seconds in which a process does not ask again for what it found away: less than the minute of the minute job."""


class Unavailable(Exception):
    """Raised by work that is done outside a transaction: what all of it needs is away, so that the other keys need
    not be tried. Raise it from the error that says why."""


@dataclass(frozen=True)
class Kind:
    """Work registered under a name. `at_once`: how many keys whoever commits waits for; `slice_size`: how many are
    done in one transaction; `outside`: each by itself and in no transaction."""

    name: str
    perform: Perform
    at_once: int
    slice_size: int
    outside: bool = False


@dataclass(frozen=True)
class Waiting:
    """What is recorded under a name and not done: `oldest` is when the first was recorded."""

    name: str
    keys: int
    failing: int
    oldest: datetime.datetime
    last_error: str


_kinds: dict[str, Kind] = {}
_paused_until: dict[str, float] = {}
_resumed: list[Callable[[], object]] = []


def register(name: str, perform: Perform, at_once: int = 0, slice_size: int = 100, outside: bool = False) -> None:
    """Have the work recorded under `name` done by `perform`, which is given a list of different keys.

    It runs in a transaction with the deletion of their rows, so a slice must take well under a second. Where it
    raises, each key is tried by itself, and what failed again is repeated later.

    With `outside` it is given one key at a time, never by whoever commits, and may take a few minutes. It raises
    `Unavailable` where no other key could be done either.
    """
    _kinds[name] = Kind(name, perform, 0 if outside else at_once, slice_size, outside)


def register_resumed(resume: Callable[[], object]) -> None:
    """Have `resume` called before a worker begins: it queues tasks anew that an earlier one has left half done."""
    if resume not in _resumed:
        _resumed.append(resume)


def resume() -> None:
    for each in _resumed:
        each()


def registered() -> list[str]:
    return list(_kinds)


def record(name: str, keys: Iterable[str]) -> None:
    """Record in the running transaction that `keys` are to be done. Raises KeyError for an unknown name."""
    kind, some = _kinds[name], sorted(set(keys))
    if not some:
        return
    RecordedWork.objects.bulk_create([RecordedWork(name=kind.name, key=key) for key in some], batch_size=AT_ONCE)
    recorded = _recorded_in_transaction()
    recorded.keys[name].update(some)
    if not connection.in_atomic_block:
        recorded()


class Recorded:
    """What one transaction has recorded, dealt with after its commit."""

    def __init__(self) -> None:
        self.keys: dict[str, set[str]] = defaultdict(set)

    def __call__(self) -> None:
        keys, self.keys = self.keys, defaultdict(set)
        for name in [each for each in _kinds if each in keys]:
            if len(keys[name]) <= _kinds[name].at_once:
                _perform_all(_kinds[name], keys[name])
            else:
                _enqueue(name)


def _recorded_in_transaction() -> Recorded:
    """Return what the running transaction has recorded, which is dealt with once however often something is."""
    waiting = connection.run_on_commit
    found = next((each for _points, each, _robust in reversed(waiting) if isinstance(each, Recorded)), Recorded())
    if connection.in_atomic_block:
        # Belongs to no savepoint: where one is rolled back its rows are gone, and what stayed is dealt with. And
        # whoever saves does not fail for it. Called again it has nothing to do.
        waiting.append((set(), found, True))
    return found


def _enqueue(name: str) -> None:
    try:
        perform_recorded.enqueue(name)
    except Exception:
        # Who saved must not fail for it: the minute job does the work.
        logger.exception("Recorded work (%s) could not be queued", name)


@task()
def perform_recorded(name: str) -> int:
    return perform(name)


def perform_due(outside: bool = True) -> int:
    """Do everything that is recorded and due, also what that records, and return how many keys were done; without
    `outside` not what waits for other machines."""
    done = 0
    # What waits for other machines comes last, so that it holds nothing up.
    names = sorted(_kinds, key=lambda name: _kinds[name].outside)
    names = [name for name in names if outside or not _kinds[name].outside]
    while some := sum(perform(name) for name in names):
        done += some
    return done


def perform(name: str) -> int:
    """Do what is recorded under `name` and due, in slices, and return how many keys were done. Several processes
    may do so at once: on PostgreSQL each takes other rows, on SQLite one waits for the other."""
    kind = _kinds[name]
    return _perform_outside(kind) if kind.outside else _perform_all(kind)


def _perform_outside(kind: Kind) -> int:
    """Do each key by itself. Whoever takes one puts off its row in a transaction of its own, so that no other
    process takes it; where it is killed, the key is done again after `LEASE`."""
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
    due = RecordedWork.objects.filter(name=kind.name, next_at__lte=timezone.now())
    for row in due.order_by("next_at", "pk")[: kind.slice_size]:
        if due.filter(pk=row.pk).update(next_at=timezone.now() + LEASE):
            return row
    return None


def _note_away(row: RecordedWork, error: Unavailable) -> None:
    """Leave the row due, behind the others, and ask no more for a while. The log has one line for each outage."""
    _paused_until[row.name] = time.monotonic() + PAUSE_WHEN_AWAY
    what = _kind_of(error.__cause__ or error)
    if not RecordedWork.objects.filter(name=row.name, last_error=what).exists():
        logger.error("Recorded work waits for what is away: %s (%s)", row.name, what)
    row.attempts = min(row.attempts + 1, 1_000)
    row.next_at = timezone.now()
    row.last_error = what
    row.save(update_fields=["attempts", "next_at", "last_error"])


def _perform_all(kind: Kind, keys: Collection[str] | None = None) -> int:
    done = 0
    while (some := _perform_slice(kind, keys)) is not None:
        done += some
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            time.sleep(PAUSE)
    return done


def _perform_slice(kind: Kind, keys: Collection[str] | None = None) -> int | None:
    """Return how many keys were done, or None where nothing is due."""
    rows = RecordedWork.objects.filter(name=kind.name, next_at__lte=timezone.now())
    rows = rows if keys is None else rows.filter(key__in=keys)
    with transaction.atomic():
        locked = rows.select_for_update(skip_locked=True).order_by("pk")
        taken = dict(locked.values_list("pk", "key")[: kind.slice_size])
        if not taken:
            return None
        some = list(dict.fromkeys(taken.values()))
        try:
            with transaction.atomic():
                kind.perform(some)
        except Exception as error:
            if len(some) == 1:
                _postpone(kind.name, taken, error)
                return 0
        else:
            RecordedWork.objects.filter(pk__in=taken).delete()
            return len(some)
    # One of them fails: by itself it stops none of the others.
    return sum(_perform_slice(kind, [key]) or 0 for key in some)


def _kind_of(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{where}"[:200]


def _postpone(name: str, taken: dict[int, str], error: Exception) -> None:
    kind_of_error = _kind_of(error)
    for row in RecordedWork.objects.filter(pk__in=taken):
        if row.last_error != kind_of_error:
            # Once for each kind of failure, not for each attempt.
            logger.error("Recorded work failed and is repeated: %s %s", name, row.key, exc_info=error)
        row.attempts = min(row.attempts + 1, 1_000)
        minutes = min(2 ** min(row.attempts - 1, 10), LONGEST_WAIT)
        row.next_at = timezone.now() + datetime.timedelta(minutes=minutes)
        row.last_error = kind_of_error
        row.save(update_fields=["attempts", "next_at", "last_error"])


def rows_of(names: Collection[str]) -> list[int]:
    """Return the rows that are recorded now under these names: for a command that does all of such work anew."""
    return list(RecordedWork.objects.filter(name__in=names).values_list("pk", flat=True))


def forget(rows: Collection[int]) -> None:
    """Delete what `rows_of` has returned before the work was done in another way."""
    ordered = sorted(rows)
    for start in range(0, len(ordered), AT_ONCE):
        RecordedWork.objects.filter(pk__in=ordered[start : start + AT_ONCE]).delete()


def waiting() -> list[Waiting]:
    """Return what is recorded and not done, by name."""
    counted = RecordedWork.objects.values("name").order_by("name")
    counted = counted.annotate(
        keys=Count("key", distinct=True),
        failing=Count("key", distinct=True, filter=Q(attempts__gt=0)),
        oldest=Min("recorded_at"),
        last_error=Max("last_error"),
    )
    return [Waiting(**row) for row in counted]
