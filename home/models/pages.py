"""The home page, sections and content pages."""

import datetime
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Exists
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Site
from wagtail.search import index
from wagtail.url_routing import RouteResult

from campaigns.blocks import CampaignBody, StoryBody
from core.admin.panels import SensitivePanel
from core.languages.site_languages import LocaleCodes, active_code
from core.models import BasePage, LeadImageMixin, SensitiveMixin
from core.prepared import Prepared
from core.visibility import live_now, private_paths, seen


class IntroductionMixin(models.Model):
    """Add to a page type an introduction, which is shown below the title."""

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("Shown at the top of the page and, for a section, in the menu."),
    )

    introduction_panels = [FieldPanel("introduction")]
    introduction_search_fields = [index.SearchField("introduction")]

    class Meta:
        abstract = True


def _whole(found: Page) -> Page:
    """Return the page as an instance of its own class. The lead image, if the class has one, is loaded in the same
    query."""
    kind = found.specific_class
    if kind is None:
        return found.specific
    return next(_prepared_whole(kind).rows(pk=found.pk))


@cache
def _prepared_whole(kind: type[Page]) -> Prepared:
    pages = kind._base_manager.all()
    pages = pages.select_related("lead_image") if issubclass(kind, LeadImageMixin) else pages
    return Prepared(lambda pk: pages.filter(pk=pk), pk=-1)


class HomePage(IntroductionMixin, LeadImageMixin, BasePage):
    """The page that the site begins with, one for each language, directly below the root of the tree."""

    footer_text = models.TextField(_("text of the footer"), blank=True)
    body = StreamField(CampaignBody(), verbose_name=_("body"), blank=True)

    accent = "crimson"
    parent_page_types = [Page]
    template = "pages/home_page.html"
    content_panels = [
        *BasePage.content_panels,
        *IntroductionMixin.introduction_panels,
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
        FieldPanel("footer_text"),
    ]
    # The footer is the same on every page: a search finds it on the home page only.
    search_fields = [
        *BasePage.search_fields,
        *IntroductionMixin.introduction_search_fields,
        index.SearchField("body"),
        index.SearchField("footer_text"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Return the route to this page or any page below it, in two queries, where Wagtail makes two for each
        level of the tree. Raise Http404 if no live page has the path, or if this is not the home page of the
        active language. Page classes of this site do not route their descendants themselves."""
        # Wagtail takes the home page of another language where the one of the active language is not live.
        if LocaleCodes.code(self.locale_id) != active_code():
            raise Http404
        request.home_page = self  # type: ignore[attr-defined]  # read by home.navigation
        if not path_components:
            needed = {self.pk, *self._original_once_live(request)}
            if live_now(Page.objects.filter(pk__in=needed)).count() < len(needed):
                raise Http404
            self.is_unrestricted = not private_paths(request)
            return super().route(request, path_components)
        path = "/".join(path_components)
        found = None if "\0" in path else self._live_below(f"{self.url_path}{path}/", path_components)
        if found is None:
            raise Http404
        page = _whole(found)
        page.is_unrestricted = not private_paths(request)
        return page.route(request, [])

    def _original_once_live(self, request: HttpRequest) -> list[int]:
        """Return a list with the primary key of the source home page, which has to be live as well, as in
        `live_pieces`; an empty list if that page has never been live. No query: the site's root page is the source
        home page."""
        original = Site.find_for_request(request).root_page
        return [original.pk] if original.first_published_at is not None else []

    def _live_below(self, url_path: str, path_components: list[str]) -> Page | None:
        """Return the live page with this `url_path`, if this home page is live too; else None. `path_components`
        are the slugs from this page to it."""
        rows = _below.rows(
            slug=path_components[-1],
            depth=self.depth + len(path_components),
            url_path=url_path,
            home=self.pk,
            now=timezone.now(),
        )
        return next(iter(rows), None)

    def share_accent(self) -> str:
        """Return the colour of the share picture, the same for all home pages."""
        return self.accent

    def share_dependents(self) -> models.QuerySet[Any]:
        """Return the primary keys of all live pages below, as a query set: their share pictures contain the site's
        name."""
        return Page.objects.descendant_of(self).filter(live=True).order_by().values_list("pk", flat=True)


def _build_below(slug: str, depth: int, url_path: str, home: int, now: datetime.datetime) -> models.QuerySet[Page]:
    """Return the live page with this `url_path`, as a queryset, if the home page with the primary key `home` is
    live."""
    # The slug has an index, which `url_path` has not.
    pages = Page.objects.filter(slug=slug, depth=depth)
    below_live_home = Exists(live_now(Page.objects.filter(pk=home), now))
    return seen(pages.filter(below_live_home, url_path=url_path), now=now).order_by()


_below = Prepared(
    _build_below,
    slug="sample",
    depth=2_000_000_001,
    url_path="/sample/",
    home=2_000_000_002,
    now=datetime.datetime(2000, 1, 1, 1, 1, 1, 1, datetime.UTC),
)


class SectionPage(SensitiveMixin, IntroductionMixin, LeadImageMixin, BasePage):
    """A section of the site, directly below the home page."""

    body = StreamField(StoryBody(), verbose_name=_("body"), blank=True)

    name_fields = ("title",)
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ContentPage", "home.ResourceIndexPage", "campaigns.ProjectPage"]
    template = "pages/section_page.html"
    content_panels = [
        *BasePage.content_panels,
        *IntroductionMixin.introduction_panels,
        *LeadImageMixin.lead_image_panels,
        SensitivePanel(),
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


class ContentPage(IntroductionMixin, LeadImageMixin, BasePage):
    """A page below a section or below another content page."""

    body = StreamField(StoryBody(), verbose_name=_("body"), blank=True)

    name_fields = ("title",)
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
