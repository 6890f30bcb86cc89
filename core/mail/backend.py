"""The EMAIL_BACKEND that queues mails."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from core import work
from core.mail.message import to_json
from core.mail.models import QueuedMail

SEND = "send_mail"


class QueueBackend(BaseEmailBackend):
    """An EMAIL_BACKEND that stores mails in the database instead of sending them.

    Mails are stored in the running transaction, so that a rollback discards them. The worker sends them with
    MAIL_DELIVERY_BACKEND, and `publish_scheduled` repeats failed attempts each minute."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store mails to be sent by the worker, and return how many; mails without recipients are left out. Raise
        BadHeaderError for a header with line breaks."""
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
