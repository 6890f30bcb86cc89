import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.media.strays import remove_strays
from core.trash.purge import purge
from translation.lifecycle.purge import purge as purge_objects

FEWEST_DAYS = 7


class Command(BaseCommand):
    help = (
        "Permanently removes what was deleted before the given number of days, and stored files that no image, "
        "document or profile uses. Approved texts are kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=30, help=f"default: 30, at least {FEWEST_DAYS}")

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        if days < FEWEST_DAYS:
            raise CommandError(f"--days must be at least {FEWEST_DAYS}.")
        before = timezone.now() - datetime.timedelta(days=days)
        self.stdout.write(f"{purge_objects(before)} objects removed permanently")
        self.stdout.write(f"{purge(before)} files removed permanently")
        self.stdout.write(f"{remove_strays()} unused stored files removed")
