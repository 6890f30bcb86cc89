"""Command that loads the demo content and, where DEMO is on, its users."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from home.demo.loader import DemoLoader
from home.demo.users import USERS, demo_password, load_users


class Command(BaseCommand):
    help = (
        "Loads the demo site in all languages. A second run does not change existing content. Writes progress to "
        "standard error and log-ins to standard output."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        DemoLoader(self._say).load()
        if not settings.DEMO:
            self._say("No demo users: their passwords are public, and DEMO is off in these settings.")
            return
        load_users()
        self.stdout.write(f"{'Log in as':<18}{'Password':<23}Group")
        for username, group in USERS.items():
            self.stdout.write(f"{username:<18}{demo_password(username):<23}{group or 'Superuser'}")

    def _say(self, line: str) -> None:
        self.stderr.write(line, style_func=str)
