from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from translation.notices.mail import mail_what_waits
from translation.notices.reminders import remind


class Command(BaseCommand):
    help = "Once a day: reminds of what is due, and mails the daily digests and what could not be mailed before."

    def handle(self, *args: Any, **options: Any) -> None:
        reminded = remind(timezone.localdate())
        failed = mail_what_waits()
        self.stdout.write(f"{reminded} reminded.")
        if failed:
            raise CommandError(f"Mails to {failed} could not be sent; the log says why. They will be tried again.")
