"""Does again, on a restored database, what the journal says was taken away after the backup was made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction

from core.journal.file import Entry, Journal
from core.journal.recording import paused

Apply = Callable[[list[Entry]], Iterable[str]]
"""Does what the entries of one kind say and yields a line for each, for who restores. What the database does not
hold, or what is gone already, is passed over in silence. Raises nothing that a single entry is to blame for."""


@dataclass(frozen=True)
class Kind:
    apply: Apply
    order: int
    needs_certainty: bool


@dataclass
class Applied:
    """`lines` say what was done. `entries` are those that were to be done, `uncertain` those of them of which
    nobody knows whether they were committed."""

    lines: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    uncertain: list[Entry] = field(default_factory=list)
    unknown: list[Entry] = field(default_factory=list)


_kinds: dict[str, Kind] = {}


def register(kind: str, apply: Apply, order: int, needs_certainty: bool = False) -> None:
    """Have entries of `kind` applied, kinds in their order. With `needs_certainty` an entry that may have been
    rolled back is left: what would be lost by it is not brought back."""
    _kinds[kind] = Kind(apply, order, needs_certainty)


def to_apply(journal: Journal, before: Journal) -> list[Entry]:
    """Return the entries that the backup may not know of, oldest first; `before` is the journal as it was when the
    backup began."""
    left = before.done | (journal.rolled_back - journal.done)
    return [entry for entry in journal.in_order() if entry.id not in left]


@transaction.atomic
def apply(journal: Journal, before: Journal) -> Applied:
    """Apply what was recorded since the backup began, all of it or nothing. To apply it twice changes nothing."""
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
