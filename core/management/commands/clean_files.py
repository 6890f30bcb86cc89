from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core.uploads.stored import clean, uncleaned


class Command(BaseCommand):
    help = (
        "Removes metadata from files that were uploaded before this was done on upload: images (and their sizes), "
        "documents, profile pictures and parked uploads. Can be interrupted and run again. Lists files from which "
        "metadata could not be removed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list what would be cleaned")

    def handle(self, *args: Any, **options: Any) -> None:
        counted, incomplete = 0, 0
        for found in uncleaned():
            counted += 1
            self.stdout.write(str(found))
            if options["dry_run"]:
                continue
            for reason in clean(found):
                incomplete += 1
                self.stdout.write(self.style.WARNING(f"  not clean: {reason}"))
        if options["dry_run"]:
            self.stdout.write(f"{counted} files would be cleaned.")
        else:
            self.stdout.write(f"{counted} files checked; {incomplete} times something could not be removed.")
