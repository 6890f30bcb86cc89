"""Delivery of queued mails to the mail server, as recorded work (see `core.work`)."""

import logging
from collections.abc import Iterable
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
from core.mail.models import QueuedMail
from core.work import Unavailable

logger = logging.getLogger(__name__)

NOT_NOW = (421, 530, 535)
"""Reply codes that concern the connection and not a mail (RFC 5321, RFC 4954): the server is closing, it requires
authentication, authentication failed."""


def deliver(keys: list[str]) -> None:
    """Send the queued mails with these primary keys, and delete each that the mail server has accepted.

    Raise Unavailable if the mail server cannot be used, and the server's error if it asks to try again; later
    mails are then not sent. Mails that the server refuses for good are kept and marked as refused, for the
    administrators.
    """
    for mail in QueuedMail.objects.filter(pk__in=keys, refused_at=None):
        try:
            _send(mail)
        except Exception as error:
            mail.last_error = reason(error.__cause__ or error)
            refused = is_final(error)
            if refused:
                mail.refused_at = timezone.now()
                logger.warning("Mail %s was refused by the mail server: %s", mail.pk, type(error).__name__)
            # An update instead of a save, as the row may have been deleted meanwhile.
            QueuedMail.objects.filter(pk=mail.pk).update(last_error=mail.last_error, refused_at=mail.refused_at)
            if not refused:
                raise
        else:
            mail.delete()


def _send(mail: QueuedMail) -> None:
    """Send a mail. Raise Unavailable if the mail server cannot be used, or the server's error about this mail."""
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
        # An error on closing does not change whether the mail was accepted.
        with suppress(OSError):
            connection.close()


def is_away(error: OSError) -> bool:
    """Return whether the error concerns the connection or a log-in, so that other mails would fail too."""
    if isinstance(error, SMTPResponseException):
        return error.smtp_code in NOT_NOW
    return isinstance(error, SMTPServerDisconnected) or not isinstance(error, SMTPException)


def is_final(error: Exception) -> bool:
    """Return whether the mail server has refused this mail for good: all its recipients, or its content. A refused
    sender is not final, as it is an error in the site's settings, which can be corrected."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def reason(error: BaseException) -> str:
    """Return one line of at most 300 characters for the administrators: the class of the error with the server's
    reply or else its message."""
    answers: Iterable[tuple[int, bytes | str]] = (
        error.recipients.values() if isinstance(error, SMTPRecipientsRefused) else ()
    )
    if isinstance(error, SMTPResponseException):
        answers = [(error.smtp_code, error.smtp_error)]
    said = "; ".join(f"{code} {_text(answer)}" for code, answer in answers) or str(error)
    return " ".join(f"{type(error).__name__}: {said}".split())[:300].rstrip(": ")


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
