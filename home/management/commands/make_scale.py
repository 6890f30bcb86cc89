"""Command that adds stories in any number to the demo."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core import query_planning
from home.scale.stories import StoryMaker

AFTERWARDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("check_listings", {"rebuild": True}),
    ("rebuild_search", {}),
    ("stamp_everything", {}),
)
"""Commands that write what follows from the stories, with their options."""


class Command(BaseCommand):
    help = (
        "Adds stories to a site that has the demo, over four languages and twenty years, with the material that "
        "comes from them. Only to measure with: nothing is checked, no revisions are written. Refused where DEMO "
        "is off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stories", type=int, required=True, help="how many, each language counted")

    def handle(self, *args: Any, stories: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO is off in these settings: this may be a real site.")
        maker = StoryMaker(self.stderr.write if options["verbosity"] > 1 else lambda line: None)
        if missing := maker.missing():
            raise CommandError(f"Load the demo first (load_demo). Missing: {', '.join(missing)}.")
        maker.make(stories)
        for name, values in AFTERWARDS:
            call_command(name, verbosity=options["verbosity"], stdout=self.stdout, **values)
        query_planning.analyse()
