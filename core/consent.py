"""Consent of those who are shown or quoted: what was agreed to, for how long, and whether it still holds."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class ConsentScope(models.TextChoices):
    INTERNAL = "internal", _("Reports and donors only")
    WEBSITE = "website", _("This website")
    ALL = "all", _("Website, print and social media")


PUBLIC_SCOPES = (ConsentScope.WEBSITE, ConsentScope.ALL)


class ConsentMixin(models.Model):
    """The subclass says in `consent_needed` whether anybody's consent is needed at all, and in
    `needs_consent_q` the same as a condition for a query."""

    consent_reference = models.CharField(
        _("consent form"),
        max_length=120,
        blank=True,
        help_text=_("The number or file name of the signed form. For a child: the guardian's form."),
    )
    consent_scope = models.CharField(
        _("agreed to"),
        max_length=12,
        blank=True,
        choices=ConsentScope,
        help_text=_("What the person has agreed to. On this site only “website” and wider may be shown."),
    )
    consent_until = models.DateField(
        _("agreed until"), null=True, blank=True, help_text=_("Leave empty if the form names no end.")
    )
    consent_withdrawn = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_("From that day on it is shown nowhere, in no language."),
    )

    consent_panels = [
        MultiFieldPanel(
            [
                FieldPanel("consent_reference"),
                FieldPanel("consent_scope"),
                FieldPanel("consent_until"),
                FieldPanel("consent_withdrawn"),
            ],
            heading=_("Consent"),
        )
    ]

    class Meta:
        abstract = True

    @property
    def consent_needed(self) -> bool:
        raise NotImplementedError

    @classmethod
    def needs_consent_q(cls) -> Q:
        raise NotImplementedError

    def consent_holds(self, on: date | None = None) -> bool:
        day = on or timezone.localdate()
        if self.consent_withdrawn and self.consent_withdrawn <= day:
            return False
        if not self.consent_needed:
            return True
        in_force = self.consent_until is None or self.consent_until >= day
        return bool(self.consent_reference) and self.consent_scope in PUBLIC_SCOPES and in_force

    @classmethod
    def consent_missing_q(cls, on: date | None = None) -> Q:
        """The opposite of `consent_holds`, for a query; a test holds the two together."""
        day = on or timezone.localdate()
        lacking = Q(consent_reference="") | ~Q(consent_scope__in=list(PUBLIC_SCOPES)) | Q(consent_until__lt=day)
        return Q(consent_withdrawn__lte=day) | (cls.needs_consent_q() & lacking)
