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
        "Forgets what was deleted so many days ago, for good, and removes stored files that no image, document or "
        "profile names. Approved wordings stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=30, help=f"never fewer than {FEWEST_DAYS}")

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        if days < FEWEST_DAYS:
            raise CommandError(f"What was deleted is kept for {FEWEST_DAYS} days at least.")
        before = timezone.now() - datetime.timedelta(days=days)
        self.stdout.write(f"{purge_objects(before)} forgotten")
        self.stdout.write(f"{purge(before)} files deleted for good")
        self.stdout.write(f"{remove_strays()} stored files removed that nothing names")
