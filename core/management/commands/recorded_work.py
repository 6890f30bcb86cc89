from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import work


class Command(BaseCommand):
    help = (
        "Lists waiting recorded work by name: number of keys, how many have failed, and the age of the oldest in "
        "seconds. Exits with status 1 if any has failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--perform", action="store_true", help="first perform what is due, as the periodic jobs do"
        )

    def handle(self, *args: Any, perform: bool, **options: Any) -> None:
        if perform:
            self.stdout.write(f"{work.perform_due()} done.")
        found = work.waiting()
        for each in found:
            age = int((timezone.now() - each.oldest).total_seconds())
            known = "" if each.name in work.registered() else ", of an unknown name"
            error = f", last error {each.last_error}" if each.last_error else ""
            self.stdout.write(f"{each.name}: {each.keys} waiting, {each.failing} failed, {age} s{known}{error}")
        if not found:
            self.stdout.write("No recorded work is waiting.")
        if any(each.failing for each in found):
            raise SystemExit(1)
