"""What a mail is stored as: the documented attributes of Django's message, as JSON."""

from base64 import b64decode, b64encode
from email.mime.base import MIMEBase
from email.utils import formatdate, make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import DNS_NAME, EmailMessage, EmailMultiAlternatives

FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")


def to_json(message: EmailMessage) -> dict[str, Any]:
    """Return what `from_json` makes the same mail of, each time with the same date and Message-ID, so that a mail
    that was delivered twice shows as one. Raise what `message.message()` raises, as BadHeaderError."""
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
    message = EmailMultiAlternatives(**{name: stored[name] for name in FIELDS}, headers=stored["headers"])
    message.content_subtype = stored["subtype"]
    message.encoding = stored["encoding"]
    for content, kind in stored["alternatives"]:
        message.attach_alternative(content, kind)
    for name, content, kind in stored["attachments"]:
        message.attach(name, b64decode(content), kind)
    return message


def _plain(value: object) -> str | list[str]:
    """Return lazy texts as what they say now, in the language of whoever is written to."""
    return [str(each) for each in value] if isinstance(value, list | tuple) else str(value)


def _attachment(attachment: MIMEBase | tuple[Any, ...]) -> list[str | None]:
    if isinstance(attachment, MIMEBase):
        name, kind = attachment.get_filename(), attachment.get_content_type()
        content = attachment.get_payload(decode=True) or b""
    else:
        name, content, kind = attachment
    content = content.encode() if isinstance(content, str) else content
    return [name, b64encode(content).decode(), kind]
