"""Management command that lists or unpublishes live quotes about which no editor has decided."""

from argparse import ArgumentParser
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page

from campaigns.models import GuessedQuote, Quote

REASONS = {
    "who_speaks": "kind of speaker guessed by the import",
    "speaker": "speaker matched by name only",
}


class Command(BaseCommand):
    help = "Lists live quotes with guessed values that no editor has confirmed. Unpublishes them on request."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--unpublish", action="store_true", help="unpublish these quotes in all languages; drafts are kept"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="with --unpublish: report without changing anything"
        )

    def handle(self, *args: Any, unpublish: bool, dry_run: bool, **options: Any) -> None:
        found = guessed_live()
        for rows, reasons in found:
            self._tell(rows, reasons)
            if unpublish and not dry_run:
                take_offline(rows)
        total = f"{len(found)} live {'quote' if len(found) == 1 else 'quotes'} with guessed values"
        if not unpublish:
            self.stdout.write(f"{total}.")
        elif dry_run:
            self.stdout.write(f"{total}; would be unpublished in all languages.")
        else:
            self.stdout.write(f"{total}; unpublished in all languages.")

    def _tell(self, rows: list[Quote], reasons: list[str]) -> None:
        first = rows[0]
        languages = ", ".join(row.locale.language_code for row in rows)
        who = first.get_who_speaks_display()
        said_by = ", ".join(filter(None, (str(first.speaker or ""), first.role))) or "no name, no role"
        self.stdout.write(f"Quote {first.pk} ({languages}): “{first}” – {said_by}")
        self.stdout.write(f"  {who}: {'; '.join(REASONS[reason] for reason in reasons)}")
        if first.source:
            for page in Page.objects.filter(translation_key=first.source.translation_key, live=True):
                self.stdout.write(f"  shown by {page.full_url or page.title}")


def guessed_live() -> list[tuple[list[Quote], list[str]]]:
    """Return, for each quote with guessed values that is live in some language, the pair of its live rows, sorted
    by primary key, and the names of the guessed fields."""
    by_key: dict[UUID, list[Quote]] = defaultdict(list)
    waiting = Quote.objects.filter(live=True, translation_key__in=GuessedQuote.objects.values("translation_key"))
    live = waiting.select_related("locale", "speaker", "source").order_by("pk")
    for quote in live.iterator(chunk_size=500):
        by_key[quote.translation_key].append(quote)
    found = []
    for rows in by_key.values():
        reasons = {name for row in rows for name in row.guessed_fields}
        if reasons:
            found.append((rows, [name for name in REASONS if name in reasons]))
    return found


@transaction.atomic
def take_offline(rows: list[Quote]) -> None:
    """Unpublish the rows in one transaction."""
    for row in rows:
        row.unpublish()
