"""Consent of people who are shown or quoted: what they agreed to, until when, and whether it holds."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.consent.panels import WithdrawalPanel
from core.consent.withdrawable import Withdrawable
from core.findings import Finding
from core.languages.cldr import long_date
from core.languages.site_languages import active_code


class ConsentScope(models.TextChoices):
    INTERNAL = "internal", _("Reports and donors only")
    WEBSITE = "website", _("This website")
    ALL = "all", _("Website, print and social media")


PUBLIC_SCOPES = (ConsentScope.WEBSITE, ConsentScope.ALL)


class ConsentMixin(Withdrawable):
    """An abstract model with the fields of a consent. A subclass says in `consent_needed` whether an object needs
    consent at all, and in `needs_consent_q` the same as a condition for a query."""

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
        help_text=_("What the person agreed to. This site may only show “This website” or wider."),
    )
    consent_until = models.DateField(
        _("agreed until"), null=True, blank=True, help_text=_("Leave blank if the form has no end date.")
    )
    consent_panels = [
        MultiFieldPanel(
            [
                FieldPanel("consent_reference"),
                FieldPanel("consent_scope"),
                FieldPanel("consent_until"),
                WithdrawalPanel(),
            ],
            heading=_("Consent"),
        )
    ]

    class Meta:
        abstract = True

    @property
    def consent_needed(self) -> bool:
        """Whether the object shows or quotes somebody whose consent is needed."""
        raise NotImplementedError

    @classmethod
    def needs_consent_q(cls) -> Q:
        """Return the condition for objects whose `consent_needed` is true."""
        raise NotImplementedError

    def consent_holds(self, on: date | None = None) -> bool:
        """Return whether the object may be shown on a day (today by default)."""
        return not self.consent_findings(on or timezone.localdate())

    def consent_findings(self, on: date) -> list[Finding]:
        """Return the reasons why the object may not be shown on a day, empty if it may: the consent was withdrawn
        by then or, if consent is needed, there is no reference, its scope does not cover the website, or it has
        ended."""
        if self.consent_withdrawn and self.consent_withdrawn <= on:
            message = gettext("The consent was withdrawn on %(date)s.")
            return [
                self._consent_finding(
                    "consent_withdrawn",
                    message % {"date": long_date(self.consent_withdrawn, active_code())},
                    gettext("Remove this content."),
                )
            ]
        if not self.consent_needed:
            return []
        found = []
        if not self.consent_reference.strip():
            found.append(
                self._consent_finding(
                    "consent_reference",
                    gettext("The consent of the person shown or quoted is missing."),
                    gettext("Enter the signed form, or remove this content."),
                )
            )
        if self.consent_scope not in PUBLIC_SCOPES:
            found.append(
                self._consent_finding(
                    "consent_scope",
                    gettext("The consent does not cover this website."),
                    gettext("Get consent for this website and enter it here, or remove this content."),
                )
            )
        if self.consent_until and self.consent_until < on:
            message = gettext("The consent ends on %(date)s.")
            found.append(
                self._consent_finding(
                    "consent_until",
                    message % {"date": long_date(self.consent_until, active_code())},
                    gettext("Get a new consent and enter it here, or remove this content."),
                )
            )
        return found

    def _consent_finding(self, field: str, message: str, mend: str) -> Finding:
        model_field = self._meta.get_field(field)
        assert isinstance(model_field, models.Field)
        return Finding(field, message, mend, where=str(model_field.verbose_name), field=field)

    @classmethod
    def consent_missing_q(cls, on: date | None = None) -> Q:
        """Return the condition for objects whose `consent_holds` is false on a day (today by default). A test
        compares the two."""
        day = on or timezone.localdate()
        lacking = Q(consent_reference="") | ~Q(consent_scope__in=list(PUBLIC_SCOPES)) | Q(consent_until__lt=day)
        return Q(consent_withdrawn__lte=day) | (cls.needs_consent_q() & lacking)
