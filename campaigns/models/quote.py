"""Quotes: what somebody said, with speaker and consent."""

import datetime
from collections.abc import Sequence
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Revision
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaigns.querysets import QuoteQuerySet
from campaigns.quote_form import QuoteForm
from core.consent.kept import KeptConsentMixin
from core.consent.masking import MASK
from core.findings import Finding
from core.internals.django import Truncator
from core.languages.site_languages import LocaleCodes, Words, language_choices
from core.page_context import provided
from core.publishing.companions import any_reaches_readers, live_among
from core.publishing.people import Care, Kind, PublicItem, PublicPlace

from .guesses import decide, guessed, is_decision, read_guesses
from .material import MaterialSnippet
from .reference import Person
from .ties import CampaignTie, campaign_places, campaign_ties_panel

WORDS_NAMED = 12
"""How many words of a quote are shown in the list of what becomes public."""


class WhoSpeaks(models.TextChoices):
    """Who is quoted. It decides whether consent is needed, and how much care."""

    OFFICIAL = "official", _("Public official, speaking in public")
    ADULT = "adult", _("Adult who agreed to be quoted")
    MINOR = "minor", _("A child or young person under 18")
    SURVIVOR = "survivor", _("A survivor of trafficking or violence")


_SPEAKER_IS_SEEN = "_read_speaker_is_seen"
_CARE: dict[str, Care] = {WhoSpeaks.MINOR: Care.MINOR, WhoSpeaks.SURVIVOR: Care.SURVIVOR}


class Quote(KeptConsentMixin, MaterialSnippet):
    """Words that somebody said. Consent is needed for all but the public statements of officials."""

    text = models.TextField(
        _("words"), help_text=_("Without quotation marks. They are added in the style of each language.")
    )
    original_language = models.CharField(_("language spoken"), max_length=12, blank=True, choices=language_choices)
    speaker = models.ForeignKey(
        "campaigns.Person",
        verbose_name=_("speaker"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="quotes",
    )
    role = models.CharField(
        _("role at that time"),
        max_length=200,
        blank=True,
        help_text=_(
            "Shown below the name, or instead of it if the name must not be published: “camp participant”."
        ),
    )
    who_speaks = models.CharField(
        _("kind of speaker"),
        max_length=12,
        choices=WhoSpeaks,
        blank=True,
        help_text=_("Public statements by officials need no consent form. All other quotes do."),
    )
    date = models.DateField(_("said on"), null=True, blank=True, db_index=True)
    source = models.ForeignKey(
        "campaigns.NewsPage",
        verbose_name=_("source story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The quote is shown on all campaigns of this story."),
    )

    who_speaks_decided = False
    """Set by the form where an editor has said it."""

    objects = QuoteQuerySet.as_manager()

    masked_fields = {"text": MASK, "role": ""}
    word_fields = ("text",)

    quoted_fields = ("text",)
    base_form_class = QuoteForm
    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in (
            "original_language",
            "speaker",
            "who_speaks",
            "source",
            "consent_reference",
            "consent_scope",
            "consent_until",
        )
    ]
    panels = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("original_language"), FieldPanel("date")]),
        MultiFieldPanel(
            [FieldPanel("speaker"), FieldPanel("role"), FieldPanel("who_speaks")], heading=_("Speaker")
        ),
        FieldPanel("source"),
        campaign_ties_panel(),
        *KeptConsentMixin.consent_panels,
    ]
    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.SearchField("role"),
        index.FilterField("locale"),
        index.FilterField("live"),
    ]

    class Meta(MaterialSnippet.Meta):
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self) -> str:
        if self.text == MASK:
            return gettext("Withdrawn quote %(number)s") % {"number": self.pk or ""}
        return Truncator(self.text).chars(80)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), **provided(self, request)}

    def public_items(self) -> list[PublicItem]:
        words = PublicItem(
            Kind.WORDS,
            content="|".join([self.text, self.role, self.who_speaks, str(self.speaker_id or "")]),
            words=Words(code=LocaleCodes.code(self.locale_id), text=Truncator(self.text).words(WORDS_NAMED)),
            source=self,
            detail=self.role,
            care=_CARE.get(self.who_speaks, ""),
            speaker_id=self.speaker_id,
        )
        return [words] if self.text.strip() else []

    def public_places(self) -> list[PublicPlace]:
        source = [PublicPlace(self.source.title, self.source.get_url() or "")] if self.source else []
        pages = [*source, *campaign_places(self), PublicPlace(gettext("All pages that show the quote"))]
        return [*pages, *super().public_places(), PublicPlace(gettext("News feed"))]

    @classmethod
    def read_for_checks(cls, rows: Sequence[Self]) -> None:
        super().read_for_checks(rows)
        read_guesses(rows)
        seen = live_among(Person, {row.speaker_id for row in rows if row.speaker_id and not row.role.strip()})
        for row in rows:
            row.__dict__[_SPEAKER_IS_SEEN] = row.speaker_id in seen

    def publish_findings(self, on: datetime.date) -> list[Finding]:
        self.take_kept_consent()
        found = []
        if not self.text.strip():
            found.append(self._finding("text", gettext("The quote has no text."), gettext("Enter a text.")))
        if not self.speaker_id and not self.role.strip():
            message = gettext("A quote needs a speaker or a role.")
            mend = gettext("Choose a speaker, or enter a role such as “camp participant”.")
            found.append(self._finding("speaker", message, mend))
        elif not self.role.strip() and not self._speaker_is_seen():
            message = gettext("The speaker is not published and the quote has no role.")
            mend = gettext("Publish the speaker, or enter a role such as “camp participant”.")
            found.append(self._finding("speaker", message, mend))
        if not self.who_speaks:
            message = gettext("The quote has no kind of speaker.")
            mend = gettext("Choose the kind of speaker. Only public statements by officials need no consent form.")
            found.append(self._finding("who_speaks", message, mend))
        return found + self._guess_findings() + self.consent_findings(on)

    def _guess_findings(self) -> list[Finding]:
        messages = {
            "who_speaks": gettext("The kind of speaker was set by the import and not confirmed by an editor."),
            "speaker": gettext("The speaker was matched by name only and not confirmed by an editor."),
        }
        mend = gettext("Open the quote and choose the kind of speaker and the speaker.")
        return [self._finding(name, messages[name], mend) for name in self.guessed_fields]

    @property
    def guessed_fields(self) -> list[str]:
        """The names of those of "who_speaks" and "speaker" whose values code has set and no editor has decided,
        also not in the form that is being saved."""
        return [] if self.who_speaks_decided else guessed(self)

    @transaction.atomic
    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save and return a revision and, if an editor has decided who speaks, in the form or by saving another
        value as a user, record the decision in the same transaction."""
        is_other = is_decision(self)
        revision = super().save_revision(*args, **kwargs)
        if self.who_speaks_decided or (is_other and revision.user_id):
            decide(self, revision.user)
        return revision

    def _speaker_is_seen(self) -> bool:
        # What the publishing checks have read is asked for once.
        if self.__dict__.pop(_SPEAKER_IS_SEEN, False):
            return True
        return any_reaches_readers(Person, [self.speaker_id], self.locale_id)

    def _finding(self, field: str, message: str, mend: str) -> Finding:
        described = self._meta.get_field(field)
        assert isinstance(described, models.Field)
        return Finding(f"quote_{field}", message, mend, where=str(described.verbose_name), field=field)

    @property
    def quoted_words(self) -> str:
        return self.text

    @property
    def consent_needed(self) -> bool:
        return self.who_speaks != WhoSpeaks.OFFICIAL

    @classmethod
    def needs_consent_q(cls) -> Q:
        return ~Q(who_speaks=WhoSpeaks.OFFICIAL)


class QuoteCampaign(CampaignTie):
    """A tie between a quote and a campaign."""

    quote = ParentalKey(Quote, on_delete=models.CASCADE, related_name="campaign_ties")
