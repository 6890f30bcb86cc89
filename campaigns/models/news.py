"""Stories, their ties, and the list of stories."""

import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from campaigns.blocks import StoryBody, picks
from campaigns.querysets import StoryQuerySet
from core.admin.panels import SensitivePanel
from core.findings import Finding
from core.languages.site_languages import LocaleCodes
from core.models import BasePage, LeadImageMixin, SensitiveMixin
from core.publishing.companions import any_is_live, any_reaches_readers
from core.publishing.people import PublicPlace
from core.typed import Translatable
from core.visibility import best_by_key, private_keys, seen

from .campaign import CampaignPage
from .material import MaterialSnippet
from .quote import Quote
from .reference import Organisation, Place, Topic
from .ties import (
    CampaignTie,
    OrganisationTie,
    Tie,
    campaign_places,
    campaign_ties_panel,
    partner_ties_panel,
)


class NewsIndexPage(BasePage):
    """The page that lists the stories, with filters."""

    introduction = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.NewsPage"]
    max_count_per_parent = 1
    template = "pages/news_index_page.html"
    kept_parameters = ("campaign", "topic", "year")
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction", help_text=_("Shown above the list.")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")


class NewsPage(SensitiveMixin, LeadImageMixin, BasePage):
    """A story: a dated news item with dateline, summary and body."""

    date = models.DateField(
        _("date of the story"),
        null=True,
        blank=True,
        default=timezone.localdate,
        db_index=True,
        help_text=_("Determines the order in lists and the edition of the story's campaign."),
    )
    dateline_date = models.DateField(
        _("date in the dateline"),
        null=True,
        blank=True,
        help_text=_("Optional, for example “Romit, 16 August 2024 –”."),
    )
    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences, shown in lists and to search engines."),
    )
    body = StreamField(StoryBody(), verbose_name=_("body"), blank=True)

    if TYPE_CHECKING:
        # PageManager is Any, so that a manager made of it would be, too.
        objects: ClassVar[StoryQuerySet]
    else:
        objects = PageManager.from_queryset(StoryQuerySet)()

    parent_page_types = ["campaigns.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "pages/news_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                InlinePanel(
                    "places",
                    label=_("Place"),
                    heading=_("Places"),
                    help_text=_("Where it happened. Several places are separated by a slash: Bishkek / Astana."),
                ),
                FieldPanel("dateline_date"),
                FieldPanel("date"),
            ],
            heading=_("Dateline"),
            help_text=_("Shown before the first sentence: “Romit, Tajikistan, 16 August 2024 –”."),
        ),
        FieldPanel("summary"),
        SensitivePanel(),
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
    ]
    tie_panels = [
        campaign_ties_panel(),
        InlinePanel(
            "project_ties",
            label=_("Project"),
            heading=_("Projects"),
            help_text=_("The story is listed on the project's page."),
        ),
        partner_ties_panel(),
        InlinePanel(
            "topic_ties",
            label=_("Topic"),
            heading=_("Topics"),
            help_text=_("Readers can filter stories by topic. A story needs a campaign or a topic."),
        ),
        InlinePanel("sdg_ties", label=_("Goal"), heading=_("Sustainable Development Goals")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def share_accent(self) -> str:
        """Return the colour of the first tied campaign that readers see, as on the story's page; empty if there is
        none."""
        keys = list(self.campaign_ties.values_list("campaign__translation_key", flat=True))
        shown = seen(CampaignPage.objects.filter(translation_key__in=keys).order_by(), private=private_keys())
        campaigns: dict[UUID, CampaignPage] = best_by_key(shown, LocaleCodes.code(self.locale_id)) if keys else {}
        return next((campaigns[key].accent for key in keys if key in campaigns), "")

    def public_places(self) -> list[PublicPlace]:
        own, *others = super().public_places()
        return [own, *campaign_places(self), *others, PublicPlace(gettext("News feed"))]

    @classmethod
    def sensitive_as(cls, key: UUID) -> models.QuerySet[Any]:
        """Return the translation keys of the campaigns that the story is tied to in any language, as a subquery:
        if one of them is sensitive, the story is."""
        ties = NewsCampaign.objects.filter(page__translation_key=key).order_by()
        return ties.values("campaign__translation_key")

    def publish_findings(self, on: datetime.date) -> list[Finding]:
        found = [*super().publish_findings(on), *self._place_findings()]
        if not any(character.isalnum() for character in self.summary):
            mend = gettext("Summarise the story in one or two sentences.")
            found.append(
                Finding("no_summary", gettext("The story has no summary."), mend, gettext("summary"), "summary")
            )
        if not self.date:
            mend = gettext("Enter the date of the event or of writing.")
            found.append(
                Finding("no_date", gettext("The story has no date."), mend, gettext("date of the story"), "date")
            )
        return found + self._tie_findings()

    def _place_findings(self) -> list[Finding]:
        places = [tie.place_id for tie in self.places.all()]
        if not places:
            message = gettext("The story has no place.")
            mend = gettext("Add a place to the dateline.")
        elif any_reaches_readers(Place, places, self.locale_id):
            return []
        else:
            message = gettext("None of the story's places is published.")
            mend = gettext("Publish the place, or choose another one.")
        return [Finding("no_place", message, mend, gettext("dateline"), "places")]

    def _tie_findings(self) -> list[Finding]:
        campaigns = [tie.campaign_id for tie in self.campaign_ties.all()]
        topics = [tie.topic_id for tie in self.topic_ties.all()]
        if not campaigns and not topics:
            message = gettext("The story has no campaign and no topic.")
            mend = gettext("Choose at least one campaign or topic, so that readers can find the story.")
        elif any_is_live(CampaignPage, campaigns) or any_reaches_readers(Topic, topics, self.locale_id):
            return []
        else:
            message = gettext("None of the story's campaigns and topics is published.")
            mend = gettext("Publish a campaign, or choose a topic, so that readers can find the story.")
        return [Finding("no_tie", message, mend, gettext("campaigns"), "campaign_ties")]

    def quotes_of_its_own(self) -> "models.QuerySet[Quote]":
        return Quote.objects.filter(source__translation_key=self.translation_key)

    def publish_with(self) -> list[MaterialSnippet]:
        """Return the material in draft whose source story is this row; empty for a new story."""
        if not self.pk:
            return []
        of_kinds = (model.objects.all() for model in MaterialSnippet.__subclasses__())
        drafts = [rows.filter(**{rows.story_field: self}, live=False) for rows in of_kinds]
        numbers = [rows.order_by().values_list(Value(number)) for number, rows in enumerate(drafts)]
        some = {number for (number,) in numbers[0].union(*numbers[1:])}
        return [row for number in sorted(some) for row in drafts[number]]

    def shown_along(self) -> "models.QuerySet[Quote]":
        """Return the live quotes with consent whose source is this story in any language, in the language of this
        row."""
        of_story = {"source__translation_key": self.translation_key, "locale_id": self.locale_id}
        return Quote.objects.consented().filter(live=True, **of_story)

    def take_along(self, draft: Translatable) -> bool:
        """Set this story as the source of a draft, without saving it, if that is a quote that the body shows, and
        return whether that was done. Quotes that have a source or ties to campaigns are left as they are."""
        if not isinstance(draft, Quote) or draft.source_id or draft.campaign_ties.exists():
            return False
        voices = [block.value for block in self.body if block.block_type == "voices"]
        if not any(quote.pk == draft.pk for value in voices for quote in picks(value)):
            return False
        draft.source = self
        return True


class NewsPlace(Tie):
    """A place in the dateline of a story."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(
        "campaigns.Place", verbose_name=_("place"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("place")]


class NewsCampaign(CampaignTie):
    """A tie between a story and a campaign."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="campaign_ties")
    campaign = models.ForeignKey(
        CampaignPage, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="story_ties"
    )


class NewsProject(Tie):
    """A tie between a story and a project."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="project_ties")
    project = models.ForeignKey(
        "campaigns.ProjectPage", verbose_name=_("project"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("project")]


class NewsPartner(OrganisationTie):
    """A tie between a story and a partner organisation."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="partner_ties")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="story_ties"
    )


class NewsTopic(Tie):
    """A tie between a story and a topic."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="topic_ties")
    topic = models.ForeignKey(
        "campaigns.Topic", verbose_name=_("topic"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("topic")]


class NewsSDG(Tie):
    """A tie between a story and a Sustainable Development Goal."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="sdg_ties")
    sdg = models.ForeignKey("campaigns.SDG", verbose_name=_("goal"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("sdg")]
