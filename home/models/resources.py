"""Resources (reports, guides, laws, data) with their files, and the page that lists them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.search import index

from campaigns.models.ties import Tie
from core.languages.site_languages import language_choices
from core.models import BasePage, LeadImageMixin

from .pages import IntroductionMixin


class ResourceKind(models.TextChoices):
    REPORT = "report", _("Report")
    GUIDE = "guide", _("Guide")
    LEAFLET = "leaflet", _("Leaflet or poster")
    LAW = "law", _("Law or policy")
    DATASET = "dataset", _("Data")


class ResourceIndexPage(IntroductionMixin, BasePage):
    """The list of the resources below it, with filters."""

    parent_page_types = ["home.SectionPage"]
    subpage_types = ["home.ResourcePage"]
    template = "pages/resource_index_page.html"
    kept_parameters = ("kind", "topic", "year", "language")
    content_panels = [*BasePage.content_panels, *IntroductionMixin.introduction_panels]
    search_fields = [*BasePage.search_fields, *IntroductionMixin.introduction_search_fields]

    class Meta:
        verbose_name = _("list of resources")
        verbose_name_plural = _("lists of resources")


class ResourcePage(LeadImageMixin, BasePage):
    """A publication to download, with one file for each language."""

    kind = models.CharField(_("kind"), max_length=12, choices=ResourceKind, default=ResourceKind.REPORT)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1945), MaxValueValidator(2200)]
    )
    summary = models.TextField(_("summary"), max_length=400, blank=True)

    name_fields = ("title",)
    parent_page_types = ["home.ResourceIndexPage"]
    subpage_types: list[str] = []
    template = "pages/resource_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("year")]),
        FieldPanel("summary", help_text=_("One or two sentences, shown in lists and to search engines.")),
        *LeadImageMixin.lead_image_panels,
        InlinePanel(
            "files",
            label=_("File"),
            heading=_("Files"),
            help_text=_("One file per language. Readers see the file in the page's language first."),
        ),
    ]
    tie_panels = [
        InlinePanel(
            "topic_ties",
            label=_("Topic"),
            heading=_("Topics"),
            help_text=_("Readers can filter resources by topic."),
        )
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("get_kind_display"),
        index.SearchField("year"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")


class ResourceFile(Tie):
    """A document of a resource, with the language that it is written in."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("file"), on_delete=models.CASCADE, related_name="+"
    )
    language = models.CharField(_("language of the file"), max_length=12, choices=language_choices)

    panels = [FieldPanel("document"), FieldPanel("language")]

    class Meta(Orderable.Meta):
        verbose_name = _("file")


class ResourceTopic(Tie):
    """Tie of a resource to a topic."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="topic_ties")
    topic = models.ForeignKey(
        "campaigns.Topic", verbose_name=_("topic"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("topic")]
