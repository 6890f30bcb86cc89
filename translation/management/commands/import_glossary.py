"""Command that imports a glossary file."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from translation.glossary import files


class Command(BaseCommand):
    help = "Imports terms from a CSV or TBX file. Existing terms are changed or left as they are, never deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            done = files.bring_in(files.read(file.name, file.read_bytes()))
        except (OSError, ValidationError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.added} added, {done.changed} changed")
