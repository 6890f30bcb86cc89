"""The tables that `Unit` has replaced. The processes of the release before read and write them while this one is
deployed; a later release drops them. Until then consent that is withdrawn is withdrawn here, too."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import OfSegment, user_field


class ApprovedWording(OfSegment):
    """Formerly the approved text of a unit."""

    source = models.TextField(_("source text"))
    text = models.TextField(_("approved text"))
    approved_by = user_field(_("approved by"))
    approved_at = models.DateTimeField(_("approved at"))
    kept_by = user_field(
        _("kept valid by"),
        blank=True,
        help_text=_("Who said that a change of the source was minor and the translation stays valid."),
    )
    kept_at = models.DateTimeField(_("kept valid at"), null=True, blank=True)

    class Meta:
        verbose_name = _("approved text")
        verbose_name_plural = _("approved texts")
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "locale", "path_id", "string_hash"], name="one_approved_wording"
            )
        ]
        indexes = [models.Index(fields=["string_hash", "locale"], name="wording_memory")]

    def __str__(self) -> str:
        return self.text[:80]


class StaleMark(OfSegment):
    """Formerly a text that was translated from an earlier version of its source string."""

    old_source = models.TextField(_("source text that was translated"))
    old_text = models.TextField(_("current text"))
    was_approved = models.BooleanField(_("was approved"), default=False)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("stale text")
        verbose_name_plural = _("stale texts")
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "locale", "path_id", "string_hash"], name="one_stale_mark"
            )
        ]

    def __str__(self) -> str:
        return self.old_text[:80]


class NeedsReview(OfSegment):
    """Formerly a text that was imported from a file and had not been confirmed."""

    tool = models.CharField(_("came as"), max_length=12)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("unconfirmed text")
        verbose_name_plural = _("unconfirmed texts")
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "locale", "path_id", "string_hash"], name="one_needs_review"
            )
        ]

    def __str__(self) -> str:
        return self.path
