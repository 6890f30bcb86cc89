from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from core.second_factor.links import link_for
from core.second_factor.reset import reset


class Command(BaseCommand):
    help = (
        "Removes all second factors of a user and prints a link to set up a new one after log-in. For users who "
        "have lost their device and recovery codes, and for the first administrator if no mail is sent."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        model = get_user_model()
        try:
            user = model._default_manager.get_by_natural_key(username)
        except model.DoesNotExist:
            raise CommandError(f"There is no user {username}.") from None
        if not user.is_active:
            raise CommandError(f"{username} is not active.")
        removed = reset(user, by=None)
        self.stdout.write(f"Removed: {', '.join(removed) or 'nothing, there was none'}.")
        self.stdout.write(f"{username} opens this link within an hour and signs in:\n{link_for(user)}")
