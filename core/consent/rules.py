"""Consent of those who are shown or quoted: what was agreed to, for how long, and whether it still holds."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.consent.panels import WithdrawalPanel
from core.consent.withdrawable import Withdrawable
from core.languages.cldr import long_date
from core.languages.site_languages import active_code
from core.publishing.findings import Finding


class ConsentScope(models.TextChoices):
    INTERNAL = "internal", _("Reports and donors only")
    WEBSITE = "website", _("This website")
    ALL = "all", _("Website, print and social media")


PUBLIC_SCOPES = (ConsentScope.WEBSITE, ConsentScope.ALL)


class ConsentMixin(Withdrawable):
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
        raise NotImplementedError

    @classmethod
    def needs_consent_q(cls) -> Q:
        raise NotImplementedError

    def consent_holds(self, on: date | None = None) -> bool:
        return not self.consent_findings(on or timezone.localdate())

    def consent_findings(self, on: date) -> list[Finding]:
        """Why it may not be shown on that day."""
        if self.consent_withdrawn and self.consent_withdrawn <= on:
            message = gettext("The consent was withdrawn on %(date)s.")
            return [
                self._consent_finding(
                    "consent_withdrawn",
                    message % {"date": long_date(self.consent_withdrawn, active_code())},
                    gettext("It must not be shown: take it out."),
                )
            ]
        if not self.consent_needed:
            return []
        found = []
        if not self.consent_reference.strip():
            found.append(
                self._consent_finding(
                    "consent_reference",
                    gettext("There is no consent of who is shown or quoted."),
                    gettext("Name the signed form, or take it out."),
                )
            )
        if self.consent_scope not in PUBLIC_SCOPES:
            found.append(
                self._consent_finding(
                    "consent_scope",
                    gettext("The consent does not cover this website."),
                    gettext("Ask for one that does and say so here, or take it out."),
                )
            )
        if self.consent_until and self.consent_until < on:
            message = gettext("The consent ends on %(date)s.")
            found.append(
                self._consent_finding(
                    "consent_until",
                    message % {"date": long_date(self.consent_until, active_code())},
                    gettext("Ask for a new one and name it here, or take it out."),
                )
            )
        return found

    def _consent_finding(self, field: str, message: str, mend: str) -> Finding:
        name = self._meta.get_field(field).verbose_name
        return Finding(field, message, mend, where=str(name), field=field)

    @classmethod
    def consent_missing_q(cls, on: date | None = None) -> Q:
        """The opposite of `consent_holds`, for a query; a test holds the two together."""
        day = on or timezone.localdate()
        lacking = Q(consent_reference="") | ~Q(consent_scope__in=list(PUBLIC_SCOPES)) | Q(consent_until__lt=day)
        return Q(consent_withdrawn__lte=day) | (cls.needs_consent_q() & lacking)
