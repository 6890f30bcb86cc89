"""Application of the journal to a restored database: what was removed after the backup is removed again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction

from core.journal.file import Entry, Journal
from core.journal.recording import paused

Apply = Callable[[list[Entry]], Iterable[str]]
"""Repeats what the entries of one kind say, and yields a line for the operator for each change. Objects that the
database does not have, or that are in the wanted state already, are skipped silently. A single bad entry must not
raise."""


@dataclass(frozen=True)
class Kind:
    """How entries of one kind are applied; see `register()`."""

    apply: Apply
    order: int
    needs_certainty: bool


@dataclass
class Applied:
    """Result of `apply()`.

    `lines` describe what was done. `entries` are all entries to apply; `uncertain` those of them whose transaction
    may have been rolled back, `unknown` those of no registered kind.
    """

    lines: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    uncertain: list[Entry] = field(default_factory=list)
    unknown: list[Entry] = field(default_factory=list)


_kinds: dict[str, Kind] = {}


def register(kind: str, apply: Apply, order: int, needs_certainty: bool = False) -> None:
    """Register the function that applies entries of `kind`; kinds with a lower `order` are applied first.

    With `needs_certainty`, entries whose transaction may have been rolled back are skipped, as what they remove
    could not be recovered.
    """
    _kinds[kind] = Kind(apply, order, needs_certainty)


def to_apply(journal: Journal, before: Journal) -> list[Entry]:
    """Return the entries of `journal` that the backup may not include, oldest first.

    `before` is the journal when the backup began. Entries that are done there are left out, and those that are
    rolled back and never done.
    """
    left = before.done | (journal.rolled_back - journal.done)
    return [entry for entry in journal.in_order() if entry.id not in left]


@transaction.atomic
def apply(journal: Journal, before: Journal) -> Applied:
    """Apply the entries of `journal` recorded since the backup began, in one transaction, and return what was
    done. `before` is the journal at that time.

    Nothing is recorded meanwhile, and applying them again changes nothing.
    """
    applied = Applied(entries=to_apply(journal, before))
    certain = journal.done
    with paused():
        for name, kind in sorted(_kinds.items(), key=lambda item: item[1].order):
            some = [entry for entry in applied.entries if entry.kind == name]
            applied.uncertain += [entry for entry in some if entry.id not in certain]
            if kind.needs_certainty:
                some = [entry for entry in some if entry.id in certain]
            if some:
                applied.lines += kind.apply(some)
    applied.unknown = [entry for entry in applied.entries if entry.kind not in _kinds]
    return applied
