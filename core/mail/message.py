"""Serialization of mails: the documented attributes of Django's EmailMessage as JSON."""

from base64 import b64decode, b64encode
from email.mime.base import MIMEBase
from email.utils import formatdate, make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives

from core.internals.django import DNS_NAME

FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")


def to_json(message: EmailMessage) -> dict[str, Any]:
    """Return a mail as JSON for `from_json`. Date and Message-ID are set here if missing, so that mail programs
    recognise a mail that is delivered twice. Raise BadHeaderError or other errors of `message.message()`."""
    headers = {name.lower(): name for name in message.extra_headers}
    extra = {name: str(value) for name, value in message.extra_headers.items()}
    if "date" not in headers:
        extra["Date"] = formatdate(localtime=settings.EMAIL_USE_LOCALTIME)
    if "message-id" not in headers:
        extra["Message-ID"] = make_msgid(domain=DNS_NAME)
    message.message()
    return {name: _plain(getattr(message, name)) for name in FIELDS} | {
        "headers": extra,
        "subtype": message.content_subtype,
        "encoding": message.encoding if isinstance(message.encoding, str) else None,
        "alternatives": [[str(content), kind] for content, kind in getattr(message, "alternatives", ())],
        "attachments": [_attachment(each) for each in message.attachments],
    }


def from_json(stored: dict[str, Any]) -> EmailMultiAlternatives:
    """Return the mail that `to_json` has stored."""
    message = EmailMultiAlternatives(**{name: stored[name] for name in FIELDS}, headers=stored["headers"])
    message.content_subtype = stored["subtype"]
    message.encoding = stored["encoding"]
    for content, kind in stored["alternatives"]:
        message.attach_alternative(content, kind)
    for name, content, kind in stored["attachments"]:
        message.attach(name, b64decode(content), kind)
    return message


def _plain(value: object) -> str | list[str]:
    """Return a value as text, a list as a list of texts; lazy texts are evaluated in the active language, which is
    that of the recipient."""
    return [str(each) for each in value] if isinstance(value, list | tuple) else str(value)


def _attachment(attachment: MIMEBase | tuple[Any, ...]) -> list[str | None]:
    """Return name, content in base 64 and MIME type of an attachment."""
    content: Any
    if isinstance(attachment, MIMEBase):
        name, kind = attachment.get_filename(), attachment.get_content_type()
        content = attachment.get_payload(decode=True) or b""
    else:
        name, content, kind = attachment
    content = content.encode() if isinstance(content, str) else content
    return [name, b64encode(content).decode(), kind]
