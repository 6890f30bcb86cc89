"""Projects and their ties to partner organisations."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaigns.blocks import StoryBody
from core.models import BasePage, LeadImageMixin

from .ties import OrganisationTie, partner_ties_panel


class ProjectPage(LeadImageMixin, BasePage):
    """A project of the organisation, with its donor and partners. The page lists the stories tied to it."""

    acronym = models.CharField(_("acronym"), max_length=24, blank=True)
    donor = models.ForeignKey(
        "campaigns.Organisation",
        verbose_name=_("donor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    body = StreamField(StoryBody(), verbose_name=_("body"), blank=True)

    # Synchronised, not translated: the page finds the donor by translation key when it is shown, so a project can
    # be translated before its donor.
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("donor", overridable=False),
    ]
    name_fields = ("title",)
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    template = "pages/project_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("acronym", help_text=_("The name used by partners and donors.")),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("summary", help_text=_("One or two sentences, shown in lists and to search engines.")),
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
    ]
    tie_panels = [FieldPanel("donor", help_text=_("Who funds the project.")), partner_ties_panel()]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("acronym"),
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The project ends before it starts.")})


class ProjectPartner(OrganisationTie):
    """A tie between a project and a partner organisation."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="partner_ties")
