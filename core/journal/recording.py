"""Recording of entries in the journal, in the transaction of the change.

A line is written to the file before the commit, and a row of `JournalEntry` in the transaction. After the commit
the entry is marked as done in the file, and the row is deleted. If the process was killed in between, the row
remains and the minute job adds the mark. If the transaction was rolled back there is no row, and after ten minutes
the entry is marked as rolled back. If the file cannot be written the change is not refused, as it may protect a
person: the row keeps the line until the file can be written.
"""

import datetime
import logging
import uuid
from collections.abc import Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page

from core.context import held
from core.journal import file
from core.journal.file import DONE, ROLLED_BACK, Entry
from core.journal.models import JournalEntry
from core.languages.site_languages import LocaleCodes

logger = logging.getLogger(__name__)

LONGEST_TRANSACTION = datetime.timedelta(minutes=10)
"""Entries older than this without a row are marked as rolled back.

A later commit adds the mark "done", which wins.
"""
AT_ONCE = 500

_paused: ContextVar[bool] = ContextVar("journal_paused", default=False)


def paused() -> AbstractContextManager[None]:
    """Record nothing during the block, as it will be rolled back or repeats what is recorded already."""
    return held(_paused, True)


def new_entry(
    kind: str, model: type[Model], key: object, language: str = "", data: dict[str, Any] | None = None
) -> Entry:
    """Return an entry with a new id and the current time; nothing is recorded. `key` is the translation key or
    primary key, `language` a code or empty for all languages."""
    at = timezone.now().astimezone(datetime.UTC).isoformat()
    return Entry(uuid.uuid4().hex, at, kind, model._meta.label_lower, str(key), language, data or {})


def entry_of(kind: str, row: Model, **data: Any) -> Entry:
    """Return an entry for `row` in its own language; nothing is recorded. Pages of all types have the label of the
    base model."""
    locale = getattr(row, "locale_id", None)
    return new_entry(
        kind,
        Page if isinstance(row, Page) else type(row),
        getattr(row, "translation_key", None) or row.pk,
        LocaleCodes.code(locale) if locale else "",
        data,
    )


def record(entries: Iterable[Entry]) -> None:
    """Write entries to the file at once, and a row for each in the current transaction, which is required; mark
    them as done after the commit. If the file cannot be written, log it: the rows keep the entries. Record nothing
    during `paused()`."""
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
    """Write an entry that lifts a protection, marked as done, after the commit: if it is lost, the protection
    stays. Write nothing during `paused()`."""
    if not _paused.get():
        transaction.on_commit(lambda: file.append([asdict(entry), {DONE: entry.id}]), robust=True)


def confirm(keys: Iterable[str] | None = None) -> None:
    """Mark these entries, or all committed ones that wait, as done in the file, and delete their rows. Lines that
    could not be written before are written first.

    Raise OSError if the file cannot be written.
    """
    rows = JournalEntry.objects.all() if keys is None else JournalEntry.objects.filter(pk__in=list(keys))
    found = list(rows.values_list("pk", "line", "is_in_file"))
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        lines = [line for _key, line, is_in_file in some if not is_in_file]
        file.append([*lines, *({DONE: key} for key, _line, _is_in_file in some)])
        JournalEntry.objects.filter(pk__in=[key for key, _line, _is_in_file in some]).delete()


def settle() -> None:
    """Mark waiting entries as done, and entries older than LONGEST_TRANSACTION without a row as rolled back. Raise
    OSError if the file cannot be written."""
    confirm()
    before = (timezone.now() - LONGEST_TRANSACTION).astimezone(datetime.UTC).isoformat()
    old = [entry.id for entry in file.read().undecided() if entry.at < before]
    if old:
        waiting = set(JournalEntry.objects.filter(pk__in=old).values_list("pk", flat=True))
        file.append([{ROLLED_BACK: key} for key in old if key not in waiting])
