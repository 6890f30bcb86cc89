from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import user_field
from .review import ReviewStatus


class AltTextDraft(models.Model):
    """An alternative text of an image in one language that readers do not see yet. While its status is
    “cancelled” it is kept, but nobody is asked to review it. A changed text replaces the row
    instead of updating it, so that reviewers decide on the text they have read. Approval deletes the row."""

    # A draft must not count as a use of the image in Wagtail's reference index.
    wagtail_reference_index_ignore = True

    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, verbose_name=_("image"), on_delete=models.CASCADE, related_name="+"
    )
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    text = models.CharField(_("alternative text"), max_length=300, blank=True)
    source = models.TextField(_("source text"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=ReviewStatus, default=ReviewStatus.WAITING)
    reason = models.TextField(_("reason"), blank=True)
    written_by = user_field(_("translated by"))
    writers: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("all who have written it"),
        related_name="+",
        blank=True,
        help_text=_("Also those whose text somebody has changed since the last approval."),
    )
    written_at = models.DateTimeField(_("submitted at"), auto_now_add=True)
    submission = models.UUIDField(
        _("submitted with"),
        null=True,
        editable=False,
        db_index=True,
        help_text=_("The same for all that was submitted together; empty if it was submitted alone."),
    )
    decided_by = user_field(_("decided by"), blank=True)

    class Meta:
        verbose_name = _("alternative text in review")
        verbose_name_plural = _("alternative texts in review")
        constraints = [models.UniqueConstraint(fields=["image", "locale"], name="one_alt_text_draft")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_behind(self) -> bool:
        """Return whether the source text has changed since the draft was written."""
        return self.source != self.image.original_alt

    @property
    def waits(self) -> bool:
        """Return whether the text waits for a review."""
        return self.status == ReviewStatus.WAITING
