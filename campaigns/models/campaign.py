"""The campaign, its editions and the list of campaigns."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from campaigns.blocks import CampaignBody
from campaigns.edition_form import EditionCopyForm
from campaigns.years import FIRST_YEAR, LAST_YEAR, is_year, turn_to_turn
from core.admin.panels import SensitivePanel, search_engine_panels
from core.design.colours import ACCENT_CHOICES
from core.internals.django import MONTHS
from core.models import BasePage, LeadImageMixin, SensitiveMixin


class CampaignIndexPage(BasePage):
    """The page that lists the campaigns."""

    introduction = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    max_count_per_parent = 1
    template = "pages/campaign_index_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction", help_text=_("Shown above the list.")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("list of campaigns")
        verbose_name_plural = _("lists of campaigns")


class CampaignPage(SensitiveMixin, LeadImageMixin, BasePage):
    """A recurring observance, such as a World Day. The page shows the current edition and the earlier themes."""

    short_name = models.CharField(_("short name"), max_length=40, blank=True, help_text=_("For example, WDATIP."))
    observance_day = models.PositiveSmallIntegerField(
        _("day"), validators=[MinValueValidator(1), MaxValueValidator(31)], null=True, blank=True
    )
    observance_month = models.PositiveSmallIntegerField(
        _("month"), choices=list(MONTHS.items()), null=True, blank=True
    )
    first_observed = models.PositiveSmallIntegerField(_("first observed in"), null=True, blank=True)
    resolution = models.CharField(
        _("proclaimed by"), max_length=60, blank=True, help_text=_("Resolution, for example A/RES/68/192.")
    )
    resolution_url = models.URLField(_("address of the resolution"), blank=True)
    hashtags = models.CharField(
        _("hashtags"), max_length=120, blank=True, help_text=_("Start each with # and separate them by spaces.")
    )
    accent = models.CharField(
        _("colour"),
        max_length=16,
        choices=ACCENT_CHOICES,
        default=ACCENT_CHOICES[0][0],
        help_text=_("All of these colours have enough contrast in light and dark mode."),
    )
    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    body = StreamField(CampaignBody(), verbose_name=_("body"), blank=True)

    name_fields = ("title", "short_name")
    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types = ["campaigns.EditionPage"]
    template = "pages/campaign_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("short_name"),
        SensitivePanel(),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("observance_day"), FieldPanel("observance_month")]),
                FieldPanel("first_observed", help_text=_("The year.")),
                FieldRowPanel([FieldPanel("resolution"), FieldPanel("resolution_url")]),
                FieldPanel("hashtags"),
            ],
            heading=_("Observance"),
            help_text=_("Date of the yearly observance and who proclaimed it."),
        ),
        MultiFieldPanel([FieldPanel("accent"), *LeadImageMixin.lead_image_panels], heading=_("Appearance")),
        FieldPanel("introduction", help_text=_("What the day is about, independent of the year's theme.")),
        FieldPanel(
            "body",
            help_text=_(
                "Blocks of stories, quotes, takeaways and key figures show the campaign's material automatically."
            ),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("short_name", boost=2),
        index.SearchField("introduction"),
        index.SearchField("hashtags"),
        index.SearchField("resolution"),
        index.SearchField("first_observed"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def share_accent(self) -> str:
        return self.accent

    def share_dependents(self) -> list[int]:
        """Return the primary keys of the editions below this row and of the stories in its language that are tied
        to the campaign: the pictures for sharing them have the campaign's colour."""
        editions = EditionPage.objects.child_of(self).order_by()
        tied = CampaignPage.objects.filter(
            translation_key=self.translation_key, story_ties__isnull=False
        ).order_by()
        keys = tied.values("story_ties__page__translation_key")
        stories = Page.objects.filter(translation_key__in=keys, locale=self.locale_id).order_by()
        return [*editions.values_list("pk", flat=True), *stories.values_list("pk", flat=True)]

    def clean(self) -> None:
        super().clean()
        if bool(self.observance_day) != bool(self.observance_month):
            message = _("Enter both the day and the month of the observance.")
            raise ValidationError({"observance_day": message, "observance_month": message})
        days = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}.get(self.observance_month or 0, 31)
        if self.observance_day and self.observance_day > days:
            raise ValidationError({"observance_day": _("This day does not exist in the chosen month.")})


class EditionPage(SensitiveMixin, BasePage):
    """One year of a campaign. A story belongs to the latest edition that started on or before the story's date."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    global_theme = models.CharField(_("global theme"), max_length=200, blank=True)
    local_theme = models.CharField(
        _("local theme"),
        max_length=200,
        blank=True,
        help_text=_("Only if the country has its own theme."),
    )
    starts_on = models.DateField(
        _("starts on"),
        db_index=True,
        help_text=_("From this day, this is the current edition. Stories with a later date belong to it."),
    )
    body = StreamField(CampaignBody(), verbose_name=_("body"), blank=True)

    name_fields = ("global_theme", "local_theme")
    # `save` sets the year of a copy from the slug that it is given.
    exclude_fields_in_copy = [*BasePage.exclude_fields_in_copy, "year"]
    copy_form_class = EditionCopyForm
    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types: list[str] = []
    template = "pages/edition_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(
            [
                FieldPanel(
                    "year", help_text=_("Also used as the last part of the page's address in every language.")
                ),
                FieldPanel("starts_on"),
            ]
        ),
        SensitivePanel(),
        FieldPanel("global_theme", help_text=_("Leave empty until it is announced.")),
        FieldPanel("local_theme"),
        FieldPanel("body", help_text=_("What is specific to this year.")),
    ]
    promote_panels = search_engine_panels()
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("global_theme", boost=2),
        index.SearchField("local_theme", boost=2),
        index.SearchField("year"),
        index.SearchField("body"),
        index.FilterField("starts_on"),
    ]

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def share_accent(self) -> str:
        return CampaignPage.objects.parent_of(self).values_list("accent", flat=True).first() or ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.year is None and is_year(self.slug):
            self.year = int(self.slug)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        is_dated = self.year and self.starts_on  # None while the form has no date
        if is_dated and not turn_to_turn(self.year, self.starts_on):
            message = _(
                "The edition of %(year)s must start in %(year)s, in December of the year before or in January "
                "of the year after."
            )
            raise ValidationError({"starts_on": message % {"year": self.year}})

    def minimal_clean(self) -> None:
        """Check what even a draft needs, and raise ValidationError if the edition has no year."""
        if not self.year:
            raise ValidationError({"year": _("Enter the year. It is used in the page's address.")})
        super().minimal_clean()

    def settle_slug(self) -> None:
        """Set the slug to the year, if there is one. The title has no influence on it."""
        if self.year:
            self.slug = str(self.year)

    def check_place(self, parent: Page) -> None:
        """Raise ValidationError if the page cannot be below `parent`, as when another edition there has the year.
        Errors of the slug, which is not in the form, are reported for the year."""
        self._check_year(parent)
        try:
            super().check_place(parent)
        except ValidationError as error:
            errors = error.message_dict
            raise ValidationError({"year" if name == "slug" else name: errors[name] for name in errors}) from error

    def _check_slug_is_unique(self) -> None:
        if parent := self.get_parent():
            self._check_year(parent)

    def _check_year(self, parent: Page) -> None:
        pages = Page.objects.child_of(parent).filter(slug=str(self.year)).exclude(pk=self.pk)
        if same_year := pages.first():
            message = _("This campaign already has an edition of %(year)s: “%(title)s”.")
            raise ValidationError({"year": message % {"title": same_year.title, "year": self.year}})
