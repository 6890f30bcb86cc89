"""Records in the journal what is taken away, in the transaction that does so.

A line is written to the file before the commit, and a row of `JournalEntry` in the transaction. After the commit
the file is told that it is done, and the row goes. Where the process was killed in between, the row is still there
and the minute job tells the file; where the transaction was rolled back there is no row, and ten minutes later the
file is told that. Where the file cannot be written nobody is kept from protecting a person: the row holds the line
until it can.
"""

import datetime
import logging
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from core.journal import file
from core.journal.file import DONE, ROLLED_BACK, Entry
from core.languages.site_languages import LocaleCodes
from core.models.journal import JournalEntry
from core.typed import Translatable

logger = logging.getLogger(__name__)

LONGEST_TRANSACTION = datetime.timedelta(minutes=10)
"""Where one takes longer, its commit sets right what was said of it."""
AT_ONCE = 500

_paused: ContextVar[bool] = ContextVar("journal_paused", default=False)


@contextmanager
def paused() -> Iterator[None]:
    """Record nothing: what happens is a rehearsal that is rolled back, or was recorded when it first happened."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


def new_entry(
    kind: str, model: type[Translatable], key: object, language: str = "", data: dict[str, Any] | None = None
) -> Entry:
    at = timezone.now().astimezone(datetime.UTC).isoformat()
    return Entry(uuid.uuid4().hex, at, kind, model._meta.label_lower, str(key), language, data or {})


def entry_of(kind: str, row: Translatable, **data) -> Entry:
    """Return an entry that names `row` in its own language. Pages of all types have one label."""
    locale = getattr(row, "locale_id", None)
    return new_entry(
        kind,
        Page if isinstance(row, Page) else type(row),
        getattr(row, "translation_key", None) or row.pk,
        LocaleCodes.code(locale) if locale else "",
        data,
    )


def record(entries: Iterable[Entry]) -> None:
    """Write entries to the journal before the running transaction is committed. Within a transaction only."""
    some = [] if _paused.get() else list(entries)
    if not some:
        return
    lines = [asdict(entry) for entry in some]
    try:
        file.append(lines)
        is_in_file = True
    except OSError:
        logger.exception("The journal cannot be written: it is tried again each minute")
        is_in_file = False
    JournalEntry.objects.bulk_create(
        [JournalEntry(id=line["id"], line=line, is_in_file=is_in_file) for line in lines], batch_size=AT_ONCE
    )
    keys = [entry.id for entry in some]
    transaction.on_commit(lambda: confirm(keys), robust=True)


def record_after_commit(entry: Entry) -> None:
    """Write what lifts a protection. Where it gets lost, the protection stays."""
    if not _paused.get():
        transaction.on_commit(lambda: file.append([asdict(entry), {DONE: entry.id}]), robust=True)


def confirm(keys: Iterable[str] | None = None) -> None:
    """Tell the file that these entries, or all that wait for it, are committed. Raise OSError."""
    rows = JournalEntry.objects.all() if keys is None else JournalEntry.objects.filter(pk__in=list(keys))
    found = list(rows.values_list("pk", "line", "is_in_file"))
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        lines = [line for _key, line, is_in_file in some if not is_in_file]
        file.append([*lines, *({DONE: key} for key, _line, _is_in_file in some)])
        JournalEntry.objects.filter(pk__in=[key for key, _line, _is_in_file in some]).delete()


def settle() -> None:
    """Confirm what waits for it, and tell the file which entries were rolled back: those that are older than any
    transaction and that the database knows nothing of."""
    confirm()
    before = (timezone.now() - LONGEST_TRANSACTION).astimezone(datetime.UTC).isoformat()
    old = [entry.id for entry in file.read().undecided() if entry.at < before]
    if old:
        waiting = set(JournalEntry.objects.filter(pk__in=old).values_list("pk", flat=True))
        file.append([{ROLLED_BACK: key} for key in old if key not in waiting])
