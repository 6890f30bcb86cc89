from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import OfSegment, user_field


class ApprovedWording(OfSegment):
    """The approved text of a unit. These rows are the translation memory as well."""

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
    """A text that was translated from an earlier version of its source string. `string_hash` is the hash of the
    new source string. The mark is deleted when a translator saves the unit or an editor calls the change minor."""

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
    """A text that was imported from a file and has not been confirmed. The unit counts as untranslated and cannot
    be submitted until a person saves it in the editor or imports it again as final."""

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
