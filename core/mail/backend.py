from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from core import work
from core.mail.message import to_json
from core.models import QueuedMail

SEND = "send_mail"


class QueueBackend(BaseEmailBackend):
    """Django's EMAIL_BACKEND of every environment that sends mail: stores mails instead of sending them.

    They are stored in the transaction of whoever sends them, so that what is rolled back mails nobody. The worker
    hands them to the backend MAIL_DELIVERY_BACKEND, and the minute job repeats what failed."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Return how many were stored. Raise BadHeaderError for what would forge a header."""
        mails = [
            QueuedMail(
                recipients=", ".join(message.recipients()), subject=str(message.subject), content=to_json(message)
            )
            for message in email_messages or ()
            if message.recipients()
        ]
        with transaction.atomic():
            for mail in mails:
                mail.save()
            work.record(SEND, [str(mail.pk) for mail in mails])
        return len(mails)
