from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import InLanguage, OfSegment, user_field


class ReviewStatus(models.TextChoices):
    WAITING = "waiting", _("in review")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("changes requested")
    WITHDRAWN = "withdrawn", _("cancelled")


class Review(InLanguage):
    """One submission of a translation: the revision that a reviewer reads, and the draft texts in it. While a
    translation follows its source, only a revision that was approved here goes live."""

    revision = models.OneToOneField(
        "wagtailcore.Revision", verbose_name=_("revision"), on_delete=models.CASCADE, related_name="+"
    )
    wordings = models.JSONField(
        _("texts"),
        default=list,
        help_text=_("What the revision says, string by string: path, path_id, hash, source, text, stale, by."),
    )
    overrides = models.JSONField(
        _("overrides"),
        null=True,
        editable=False,
        help_text=_(
            "Links, pages, pictures that the revision has in place of the source's: path, kind, original, "
            "value, by."
        ),
    )
    translators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("translated by"), related_name="+", blank=True
    )
    status = models.CharField(
        _("status"), max_length=12, choices=ReviewStatus, default=ReviewStatus.WAITING, db_index=True
    )
    submitted_by = user_field(_("submitted by"))
    submitted_at = models.DateTimeField(_("submitted at"), auto_now_add=True)
    decided_by = user_field(_("decided by"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    made_from = models.CharField(
        _("made from"),
        max_length=64,
        default="",
        editable=False,
        help_text=_("Fingerprint of the source and the texts that the revision was made from."),
    )
    submission = models.UUIDField(
        _("submitted with"),
        null=True,
        editable=False,
        db_index=True,
        help_text=_("The same for all that was submitted together; empty if it was submitted alone."),
    )
    went_live_at = models.DateTimeField(_("went live at"), null=True, editable=False)
    first_live_at = models.DateTimeField(_("first went live at"), null=True, editable=False, db_index=True)
    source_changed_at = models.DateTimeField(
        _("source changed at"),
        null=True,
        editable=False,
        help_text=_(
            "Since when readers had waited when it first went live. Empty if nobody had to translate anything."
        ),
    )
    outdated_since = models.DateTimeField(
        _("out of date since"),
        null=True,
        editable=False,
        help_text=_("Of the one that readers see: since when the source says something else."),
    )

    class Meta:
        verbose_name = _("review of a translation")
        verbose_name_plural = _("reviews of translations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "locale"],
                condition=models.Q(status=ReviewStatus.WAITING),
                name="one_waiting_review",
            )
        ]

    def __str__(self) -> str:
        return f"{self.object_key} ({self.get_status_display()})"


class UnitDecision(models.Model):
    """What a reviewer has decided on one unit of a review that waits: approved, or returned for a reason. The
    review is decided when the reviewer finishes."""

    review = models.ForeignKey(
        Review, verbose_name=_("review"), on_delete=models.CASCADE, related_name="decisions"
    )
    path_id = models.UUIDField(editable=False)
    string_hash = models.UUIDField(editable=False)
    is_approved = models.BooleanField(_("approved"))
    reason = models.TextField(_("reason"), blank=True)
    decided_by = user_field(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), auto_now=True)

    class Meta:
        verbose_name = _("decision on a string")
        verbose_name_plural = _("decisions on strings")
        constraints = [
            models.UniqueConstraint(fields=["review", "path_id", "string_hash"], name="one_decision_on_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.is_approved}"


class WholeApproval(models.Model):
    """The approval of a revision of a stopped translation as a whole: it is not made of units that a `Review`
    could list. `approved_by` is empty if it was accepted without a reviewer because its content had been approved
    before."""

    revision = models.OneToOneField(
        "wagtailcore.Revision", verbose_name=_("revision"), on_delete=models.CASCADE, related_name="+"
    )
    approved_by = user_field(_("approved by"))
    approved_at = models.DateTimeField(_("approved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("approval of a stopped translation")
        verbose_name_plural = _("approvals of stopped translations")

    def __str__(self) -> str:
        return str(self.revision)


class SegmentComment(OfSegment):
    """A comment of a translator or a reviewer on one unit, or an answer to one (`parent`). The first of a thread
    says whether the thread is resolved."""

    parent = models.ForeignKey(
        "self",
        verbose_name=_("answer to"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="answers",
    )
    text = models.TextField(_("comment"))
    author = user_field(_("author"))
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    resolved_by = user_field(_("resolved by"), blank=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment on a string")
        verbose_name_plural = _("comments on strings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
