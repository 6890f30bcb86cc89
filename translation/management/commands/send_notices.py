from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from translation.notices.mail import mail_what_waits
from translation.notices.reminders import remind


class Command(BaseCommand):
    help = "Sends reminders of due dates, daily digests, and mails that failed before. Run once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        reminded = remind(timezone.localdate())
        failed = mail_what_waits()
        self.stdout.write(f"Reminders: {reminded}.")
        if failed:
            raise CommandError(f"Mails to {failed} could not be sent; see the log. They will be retried.")
