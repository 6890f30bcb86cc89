from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from campaigns.blocks import CampaignBody, StoryBody
from campaigns.context import campaign_cards
from campaigns.material import Material, Scope
from core.models import BasePage, LeadImageMixin
from home.children import child_cards


class IntroductionMixin(models.Model):
    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("Stands at the head of the page and, for a section, in the menu."),
    )

    introduction_panels = [FieldPanel("introduction")]
    introduction_search_fields = [index.SearchField("introduction")]

    class Meta:
        abstract = True


class HomePage(IntroductionMixin, LeadImageMixin, BasePage):
    helpline_name = models.CharField(_("name"), max_length=120, blank=True)
    helpline_number = models.CharField(_("number"), max_length=40, blank=True)
    helpline_hours = models.CharField(_("when it answers"), max_length=120, blank=True)
    helpline_note = models.CharField(_("note"), max_length=200, blank=True)
    footer_text = models.TextField(_("text of the footer"), blank=True)
    body = StreamField(CampaignBody(), verbose_name=_("body"), blank=True)

    parent_page_types = [Page]
    template = "pages/home_page.html"
    content_panels = [
        *BasePage.content_panels,
        *IntroductionMixin.introduction_panels,
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("helpline_name"),
                FieldPanel("helpline_number"),
                FieldPanel("helpline_hours"),
                FieldPanel("helpline_note"),
            ],
            heading=_("Helpline"),
            help_text=_("Stands at the foot of every page, and on the page that says a text is missing."),
        ),
        FieldPanel("footer_text"),
    ]
    search_fields = [*BasePage.search_fields, *IntroductionMixin.introduction_search_fields]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {
            **super().get_context(request, *args, **kwargs),
            "campaigns": campaign_cards(request),
            "material": Material(request, self.body, Scope(), ["stories"]),
        }


class SectionPage(IntroductionMixin, LeadImageMixin, BasePage):
    body = StreamField(StoryBody(), verbose_name=_("body"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ContentPage", "home.ResourceIndexPage", "campaigns.ProjectPage"]
    template = "pages/section_page.html"
    content_panels = [
        *BasePage.content_panels,
        *IntroductionMixin.introduction_panels,
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *IntroductionMixin.introduction_search_fields,
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {
            **super().get_context(request, *args, **kwargs),
            "children": child_cards(self, request),
            "material": Material(request, self.body, Scope()),
        }


class ContentPage(IntroductionMixin, LeadImageMixin, BasePage):
    body = StreamField(StoryBody(), verbose_name=_("body"), blank=True)

    parent_page_types = ["home.SectionPage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    template = "pages/content_page.html"
    content_panels = [
        *BasePage.content_panels,
        *IntroductionMixin.introduction_panels,
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *IntroductionMixin.introduction_search_fields,
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {
            **super().get_context(request, *args, **kwargs),
            "children": child_cards(self, request),
            "material": Material(request, self.body, Scope()),
        }
