from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction

from translation.consistency import troubles


class Command(BaseCommand):
    help = (
        "Compares what is kept about translations with the content. Ends with an error where something is amiss."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="mend what a machine can mend")

    def handle(self, *args: Any, fix: bool = False, **options: Any) -> None:
        if fix:
            self._mend()
        left = list(troubles())
        for trouble in left:
            self.stdout.write(trouble.text)
        if left:
            raise CommandError(f"{len(left)} to mend." if not fix else f"{len(left)} that only a person can mend.")
        self.stdout.write("Everything fits.")

    def _mend(self) -> None:
        """Repair what has a repair, twice, since updating a source may mark units as stale."""
        for _round in range(2):
            for trouble in list(troubles()):
                if trouble.mend:
                    with transaction.atomic():
                        trouble.mend()
                    self.stdout.write(f"Mended: {trouble.text}")
