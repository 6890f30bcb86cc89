from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class QueuedMail(models.Model):
    """A mail that the mail server has not accepted yet; deleted as soon as it has. Only `core.mail` reads and
    writes these rows. The text may contain a link that resets a password, so it is never displayed."""

    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    recipients = models.TextField(_("recipient"))
    """Addresses, separated by commas."""
    subject = models.TextField(_("subject"))
    content = models.JSONField(default=dict)
    """The data from which the mail is rebuilt (`core.mail.message`); empty after the last attempt."""
    last_error = models.CharField(_("reason"), max_length=300, blank=True)
    """The last error of the mail server or the connection."""
    refused_at = models.DateTimeField(null=True, db_index=True)
    """When the mail server refused the mail permanently, or when the mail became too old to be sent."""

    wagtail_reference_index_ignore = True
