"""Takeaways and their ties to campaigns."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from campaigns.querysets import TakeawayQuerySet

from .material import MaterialSnippet
from .ties import CampaignTie, campaign_ties_panel


class Takeaway(MaterialSnippet):
    """A statement to remember, with an optional explanation."""

    statement = models.CharField(
        _("statement"), max_length=200, help_text=_("One sentence that is easy to remember and repeat.")
    )
    detail = models.TextField(_("detail"), blank=True)
    source = models.ForeignKey(
        "campaigns.NewsPage",
        verbose_name=_("source story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The takeaway is shown on all campaigns of this story."),
    )

    objects = TakeawayQuerySet.as_manager()

    panels = [FieldPanel("statement"), FieldPanel("detail"), FieldPanel("source"), campaign_ties_panel()]
    search_fields = [
        index.SearchField("statement"),
        index.AutocompleteField("statement"),
        index.SearchField("detail"),
        index.FilterField("locale"),
        index.FilterField("live"),
    ]

    class Meta(MaterialSnippet.Meta):
        verbose_name = _("takeaway")
        verbose_name_plural = _("takeaways")

    def __str__(self) -> str:
        return self.statement


class TakeawayCampaign(CampaignTie):
    """A tie between a takeaway and a campaign."""

    takeaway = ParentalKey(Takeaway, on_delete=models.CASCADE, related_name="campaign_ties")
