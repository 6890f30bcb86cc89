"""Have all stored pages made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from core.stamps.stamping import stamps
from core.stamps.tags import EVERYTHING


class Command(BaseCommand):
    help = "Have all stored pages made anew, after changes that were not made through the site."

    def handle(self, *args: Any, **options: Any) -> None:
        stamps().stamp([EVERYTHING], removal=True)
        self.stdout.write("All stored pages are made anew.")
