import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import OfSegment, user_field


class Waiver(OfSegment):
    """The statement of a person that what a check has found in the text of a unit is right, with the
    reason. It holds for this text alone. `code` is one of `translation.checks.finding.Code`."""

    code = models.CharField(_("check"), max_length=16)
    text_hash = models.CharField(_("hash of the text"), max_length=64, editable=False)
    reason = models.CharField(_("reason"), max_length=300)
    by = user_field(_("waived by"))
    at = models.DateTimeField(_("waived at"), auto_now_add=True)

    class Meta:
        verbose_name = _("waived finding")
        verbose_name_plural = _("waived findings")
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "locale", "path_id", "string_hash", "code", "text_hash"],
                name="one_waiver",
            )
        ]

    def __str__(self) -> str:
        return self.reason[:80]


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text, as `Waiver.text_hash` keeps it."""
    return hashlib.sha256(text.encode()).hexdigest()
