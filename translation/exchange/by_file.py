"""What an import would do, file by file."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from wagtail_localize.models import Translation

from translation.exchange.plan import Outcome, Plan


@dataclass(frozen=True)
class OfFile:
    """What one file would change. `translation` is None for texts that go into the translation memory only.
    `refused` counts the strings that are not imported, because they failed a check or are not found here."""

    name: str
    translation: Translation | None
    new: int = 0
    changed: int = 0
    confirmed: int = 0
    unchanged: int = 0
    refused: int = 0
    kept: int = 0
    findings: int = 0


def by_file(plan: Plan) -> list[OfFile]:
    """Return the files of a plan in their order, one row for each translation in them. A string that several files
    have counts in one of them."""
    counts: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for line in plan.lines:
        of_file = counts[line.file, line.translation.pk]
        is_new = line.outcome == Outcome.CHANGED and not line.old
        of_file["new" if is_new else NAMES[line.outcome]] += 1
        of_file["findings"] += len(line.findings)
    named = {(name, translation.pk): translation for name, translation in plan.files}
    found = [OfFile(place[0], translation, **counts[place]) for place, translation in named.items()]
    foreign = Counter(text.origin for text in plan.foreign)
    return [*found, *(OfFile(name, None, kept=count) for name, count in foreign.items())]


NAMES = {
    Outcome.CHANGED: "changed",
    Outcome.CONFIRMED: "confirmed",
    Outcome.FAILED: "refused",
    Outcome.MOVED: "changed",
    Outcome.KEPT: "kept",
    Outcome.UNKNOWN: "refused",
    Outcome.SAME: "unchanged",
    Outcome.EMPTY: "unchanged",
}
"""What counts of `OfFile` a string with an outcome belongs to."""
