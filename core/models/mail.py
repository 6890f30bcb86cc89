from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class QueuedMail(models.Model):
    """A mail that the mail server has not taken yet: deleted as soon as it has. Only `core.mail` reads and writes
    these. The text may hold a link that resets a password, so nobody is shown it."""

    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    recipients = models.TextField(_("recipient"))
    """Addresses, separated by commas."""
    subject = models.TextField(_("subject"))
    content = models.JSONField(default=dict)
    """What the mail is made of again (`core.mail.message`); empty once it was given up."""
    last_error = models.CharField(_("reason"), max_length=300, blank=True)
    """What the mail server or the connection said last."""
    refused_at = models.DateTimeField(null=True, db_index=True)
    """When the mail server refused it for good, or when it became too old to be sent."""

    wagtail_reference_index_ignore = True
