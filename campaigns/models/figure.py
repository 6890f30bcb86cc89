"""Key figures and their ties to campaigns."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from campaigns.querysets import FigureQuerySet

from .material import MaterialSnippet
from .ties import CampaignTie, campaign_ties_panel


class KeyFigure(MaterialSnippet):
    """A number with unit, label, year and source."""

    value = models.CharField(
        _("value"), max_length=40, help_text=_("As shown on the page, for example “1 in 3” or “200,000+”.")
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    label = models.CharField(_("label"), max_length=200, help_text=_("What the number counts."))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True, help_text=_("Who published the number."))
    source_url = models.URLField(_("address of the source"), blank=True)
    story = models.ForeignKey(
        "campaigns.NewsPage",
        verbose_name=_("source story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The key figure is shown on all campaigns of this story."),
    )
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("When the key figure should be checked again."),
    )

    objects = FigureQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("value"), FieldPanel("unit")]),
        FieldPanel("label"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("year"), FieldPanel("review_by")]),
                FieldPanel("source"),
                FieldPanel("source_url"),
                FieldPanel("story"),
            ],
            heading=_("Origin"),
        ),
        campaign_ties_panel(),
    ]
    search_fields = [
        index.SearchField("label"),
        index.AutocompleteField("label"),
        index.SearchField("value"),
        index.SearchField("unit"),
        index.SearchField("source"),
        index.SearchField("year"),
        index.FilterField("locale"),
        index.FilterField("live"),
    ]

    class Meta(MaterialSnippet.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")

    def __str__(self) -> str:
        return f"{self.value} {self.unit} {self.label}".replace("  ", " ")


class KeyFigureCampaign(CampaignTie):
    """A tie between a key figure and a campaign."""

    figure = ParentalKey(KeyFigure, on_delete=models.CASCADE, related_name="campaign_ties")
