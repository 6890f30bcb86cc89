from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction

from translation.consistency import troubles


class Command(BaseCommand):
    help = "Compares the stored data about translations with the content. Fails if there are inconsistencies."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair", "--fix", dest="fix", action="store_true", help="repair what can be repaired automatically"
        )

    def handle(self, *args: Any, fix: bool = False, **options: Any) -> None:
        if fix:
            self._mend()
        left = list(troubles())
        for trouble in left:
            self.stdout.write(trouble.text)
        if left:
            raise CommandError(
                f"Inconsistencies: {len(left)}." if not fix else f"To be repaired by hand: {len(left)}."
            )
        self.stdout.write("No inconsistencies.")

    def _mend(self) -> None:
        """Repair what has a repair, twice, since updating a source may mark units as stale."""
        for _round in range(2):
            for trouble in list(troubles()):
                if trouble.mend:
                    with transaction.atomic():
                        trouble.mend()
                    self.stdout.write(f"Repaired: {trouble.text}")
