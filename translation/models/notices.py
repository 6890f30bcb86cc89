from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import InLanguage


class NoticeKind(models.TextChoices):
    ASSIGNED = "assigned", _("assigned to you")
    SOURCE_CHANGED = "source", _("the source has changed")
    SUBMITTED = "submitted", _("needs your review")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("changes requested")
    DUE = "due", _("due soon")
    READY = "ready", _("reviewed, waits to be published")


class Notice(InLanguage):
    """A message to one person about an object in one language, shown on their dashboard and sent by mail."""

    # A notice about an image must not count as a use of the image in Wagtail's reference index.
    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=NoticeKind)
    title = models.CharField(_("what"), max_length=255)
    # An image has no translation key, so that it is referenced directly.
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    detail = models.TextField(_("detail"), blank=True)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class NoticePreference(models.Model):
    """Whether a person receives a mail for each notice, one mail a day, or none."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )
    daily_digest = models.BooleanField(
        _("one mail a day"), default=False, help_text=_("Instead of a mail for each notice.")
    )
    # The database knows the default for the processes of the release before.
    never = models.BooleanField(
        _("no mails"), default=False, db_default=False, help_text=_("The notices are on the dashboard.")
    )

    class Meta:
        verbose_name = _("preference for notices")
        verbose_name_plural = _("preferences for notices")

    def __str__(self) -> str:
        return str(self.person)
