"""Commitments of governments and organisations, and the changes of their state."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaigns.querysets import QuoteQuerySet
from core.consent.kept import KeptConsentMixin
from core.consent.masking import MASK
from core.findings import Finding
from core.internals.django import Truncator
from core.languages.site_languages import LocaleCodes, Words
from core.prepared import Prepared
from core.publishing.people import Kind, PublicItem, PublicPlace
from core.visibility import seen

from .material import MaterialSnippet
from .reference import Organisation
from .ties import CampaignTie, campaign_places, campaign_ties_panel


class CommitmentState(models.TextChoices):
    """The states of a commitment. “No evidence yet” means that nothing is known, not that nothing was done."""

    NO_EVIDENCE = "no_evidence", _("No evidence yet")
    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    FULFILLED = "fulfilled", _("Fulfilled")
    NOT_FULFILLED = "not_fulfilled", _("Not fulfilled")


class CommitmentQuerySet(QuoteQuerySet):
    """Commitments: material with the consent rules of quotes, whose person is named by `person`."""

    people_field = "person"

    def with_keys(self, now: datetime.datetime | None = None) -> "CommitmentQuerySet":
        """Annotate, besides the keys, `who`, `who_locale` and `who_row` (the live organisation's name, preferably
        in the row's language, its locale and primary key), and `state`, `state_date` and `evidence_url` of the
        latest change of state in the source language; without one the state is "no evidence"."""
        return super().with_keys(now).annotate(**_shown.annotations(now=now or timezone.now()))


class Commitment(KeptConsentMixin, MaterialSnippet):
    """What a government or an organisation has pledged. The latest change of state of the source language counts:
    the translations have copies of it that may not be published yet."""

    text = models.CharField(_("commitment"), max_length=300, help_text=_("The commitment in one sentence."))
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The government or organisation."),
    )
    person = models.ForeignKey(
        "campaigns.Person",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only if a person is named. This person's consent is then required."),
    )
    date = models.DateField(_("made on"), null=True, blank=True, db_index=True)
    url = models.URLField(_("address of the text"), blank=True, help_text=_("Where the full text can be read."))
    source = models.ForeignKey(
        "campaigns.NewsPage",
        verbose_name=_("source story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The commitment is shown on all campaigns of this story."),
    )

    objects = CommitmentQuerySet.as_manager()

    masked_fields = {"text": MASK}
    word_fields = ("text",)
    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in (
            "organisation",
            "person",
            "url",
            "source",
            "consent_reference",
            "consent_scope",
            "consent_until",
        )
    ]
    panels = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("organisation"), FieldPanel("person")]),
        FieldRowPanel([FieldPanel("date"), FieldPanel("url")]),
        InlinePanel(
            "states",
            label=_("Change of state"),
            heading=_("State"),
            help_text=_(
                "The latest state is shown. If empty: “No evidence yet”, which differs from “Not fulfilled”."
            ),
        ),
        FieldPanel("source"),
        campaign_ties_panel(),
        *KeptConsentMixin.consent_panels,
    ]
    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.FilterField("locale"),
        index.FilterField("live"),
    ]

    class Meta(MaterialSnippet.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def __str__(self) -> str:
        if self.text == MASK:
            return gettext("Withdrawn commitment %(number)s") % {"number": self.pk or ""}
        return Truncator(self.text).chars(80)

    @property
    def consent_needed(self) -> bool:
        return self.person_id is not None

    @classmethod
    def needs_consent_q(cls) -> Q:
        return Q(person__isnull=False)

    def public_items(self) -> list[PublicItem]:
        if not self.person_id:
            return []
        text = Truncator(self.text).words(12)
        words = Words(code=LocaleCodes.code(self.locale_id), text=text)
        content = f"{self.text}|{self.person_id}"
        return [PublicItem(Kind.WORDS, content=content, words=words, source=self, speaker_id=self.person_id)]

    def public_places(self) -> list[PublicPlace]:
        source = [PublicPlace(self.source.title, self.source.get_url() or "")] if self.source else []
        return [*source, *campaign_places(self), *super().public_places(), PublicPlace(gettext("News feed"))]

    def publish_findings(self, on: datetime.date) -> list[Finding]:
        self.take_kept_consent()
        found = []
        if not self.organisation_id and not self.person_id:
            message = gettext("The commitment has no government or organisation.")
            mend = gettext("Choose the government or organisation.")
            where = str(Commitment.organisation.field.verbose_name)
            found.append(Finding("commitment_organisation", message, mend, where, "organisation"))
        return found + self.consent_findings(on)


class StateChange(Orderable, models.Model):
    """A state of a commitment from a date on. Every state but “No evidence yet” needs the address of evidence."""

    commitment = ParentalKey(Commitment, on_delete=models.CASCADE, related_name="states")
    state = models.CharField(
        _("state"), max_length=16, choices=CommitmentState, default=CommitmentState.NO_EVIDENCE
    )
    date = models.DateField(_("since"))
    evidence_url = models.URLField(_("address of the evidence"), blank=True)

    panels = [FieldRowPanel([FieldPanel("state"), FieldPanel("date")]), FieldPanel("evidence_url")]

    class Meta(Orderable.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CommitmentState.NO_EVIDENCE) | ~Q(evidence_url=""), name="state_has_its_evidence"
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.state != CommitmentState.NO_EVIDENCE and not self.evidence_url:
            message = _("Enter the address of the evidence, or choose “No evidence yet”.")
            raise ValidationError({"evidence_url": message})


class CommitmentCampaign(CampaignTie):
    """A tie between a commitment and a campaign."""

    commitment = ParentalKey(Commitment, on_delete=models.CASCADE, related_name="campaign_ties")


def _build_shown(now: datetime.datetime) -> QuerySet[Any]:
    of_key = Commitment._base_manager.filter(translation_key=OuterRef(OuterRef("translation_key")))
    original = Subquery(of_key.order_by("pk").values("pk")[:1])
    states = StateChange.objects.filter(commitment=original).order_by("-date", "-sort_order", "-pk")
    key = Organisation._base_manager.filter(pk=OuterRef(OuterRef("organisation_id"))).values("translation_key")
    names = seen(Organisation._base_manager.filter(translation_key__in=key), now=now)
    own, others = names.filter(locale_id=OuterRef("locale_id")), names.order_by("pk")
    return Commitment._base_manager.annotate(
        who=Coalesce(Subquery(own.values("name")[:1]), Subquery(others.values("name")[:1])),
        who_row=Coalesce(Subquery(own.values("pk")[:1]), Subquery(others.values("pk")[:1])),
        who_locale=Coalesce(Subquery(own.values("locale_id")[:1]), Subquery(others.values("locale_id")[:1])),
        state=Coalesce(Subquery(states.values("state")[:1]), Value(CommitmentState.NO_EVIDENCE.value)),
        state_date=Subquery(states.values("date")[:1]),
        evidence_url=Coalesce(Subquery(states.values("evidence_url")[:1]), Value("")),
    )


_shown = Prepared(_build_shown, now=datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC))
