"""Hands queued mails to the mail server: recorded work, done by the worker and repeated by the minute job."""

import logging
from contextlib import suppress
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from core.mail.message import from_json
from core.models import QueuedMail
from core.work import Unavailable

logger = logging.getLogger(__name__)

NOT_NOW = (421, 530, 535)
"""Answers to whoever asks (RFC 5321, RFC 4954): it is closing, it wants a log-in, the log-in is wrong."""


def deliver(keys: list[str]) -> None:
    """Send the mails with these primary keys that are still queued, and delete each that the mail server took.

    Raise `Unavailable` where there is no mail server to talk to, and what it answered where it asks to come again.
    What it refuses for good is kept as refused, for the administrators."""
    for mail in QueuedMail.objects.filter(pk__in=keys, refused_at=None):
        try:
            _send(mail)
        except Exception as error:
            mail.last_error = reason(error.__cause__ or error)
            refused = is_final(error)
            if refused:
                mail.refused_at = timezone.now()
                logger.warning("Mail %s was refused by the mail server: %s", mail.pk, type(error).__name__)
            # It may have been given up or sent again meanwhile: only what is there is written.
            QueuedMail.objects.filter(pk=mail.pk).update(last_error=mail.last_error, refused_at=mail.refused_at)
            if not refused:
                raise
        else:
            mail.delete()


def _send(mail: QueuedMail) -> None:
    connection = get_connection(settings.MAIL_DELIVERY_BACKEND)
    try:
        connection.open()
    except OSError as error:
        raise Unavailable from error
    try:
        connection.send_messages([from_json(mail.content)])
    except OSError as error:
        if is_away(error):
            raise Unavailable from error
        raise
    finally:
        # The mail has been taken, or has not, whatever becomes of the connection.
        with suppress(OSError):
            connection.close()


def is_away(error: OSError) -> bool:
    """Whether the next mail would fare no better: the connection is gone, too slow, or not let in."""
    if isinstance(error, SMTPResponseException):
        return error.smtp_code in NOT_NOW
    return isinstance(error, SMTPServerDisconnected) or not isinstance(error, SMTPException)


def is_final(error: Exception) -> bool:
    """Whether the mail server has refused this mail, and would again. A refused sender is a fault of the site's
    settings, which somebody may mend meanwhile."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def reason(error: BaseException) -> str:
    """Return one line for the administrators: what the mail server said, else the kind of error and its text."""
    answers = error.recipients.values() if isinstance(error, SMTPRecipientsRefused) else ()
    if isinstance(error, SMTPResponseException):
        answers = [(error.smtp_code, error.smtp_error)]
    said = "; ".join(f"{code} {_text(answer)}" for code, answer in answers) or str(error)
    return " ".join(f"{type(error).__name__}: {said}".split())[:300].rstrip(": ")


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
