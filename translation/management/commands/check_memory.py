from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from translation.memory import indexing


class Command(BaseCommand):
    help = "Compares the index of the translation memory with its texts. Fails if they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="make the index anew")

    def handle(self, *args: Any, rebuild: bool = False, **options: Any) -> None:
        if rebuild:
            self.stdout.write(f"Source strings in the index: {indexing.rebuild()}.")
        if wrong := len(indexing.differing()):
            raise CommandError(f"Source strings that the index has wrong: {wrong}. Run it with --rebuild.")
        self.stdout.write("The index agrees with the texts.")
