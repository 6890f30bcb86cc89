"""Entries of the sitemaps: the public pages of a language in parts, each page with its translations, its image and
the time of its last change. The number of queries for a part does not depend on the number of its pages, and no
page is loaded as a whole."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, Site

from campaigns.listings.rows import SITE
from campaigns.models import CampaignIndexPage, CampaignPage, EditionPage, NewsIndexPage
from campaigns.models.listing import STORIES
from core.http.conditional import changed_at, latest
from core.languages.site_languages import LocaleCodes
from core.media import access as media
from core.media.renditions import WIDTHS
from core.models import LeadImageMixin, SiteImage, SiteRendition
from core.stamps import tags
from core.visibility import private_keys, reachable_pages
from home.models import HomePage

PART = 5_000  # pages in a file; the protocol allows 50,000 addresses and 50 MB
MOST_PARTS = 50_000  # files that an index may name
IMAGE = f"width-{WIDTHS[-1]}|format-jpeg"


@dataclass
class Row:
    """The entry of a page. `key` is the primary key, `path` the address without the origin, `content_type` a
    primary key."""

    key: int
    translation_key: UUID
    content_type: int
    path: str
    changed: datetime.datetime | None
    images: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)


class Roots:
    """The url_path of the home page of each locale, to build addresses without loading pages (two queries)."""

    def __init__(self) -> None:
        site = Site.objects.select_related("root_page").get(is_default_site=True)
        homes = Page.objects.filter(translation_key=site.root_page.translation_key).order_by()
        self.paths = dict(homes.values_list("locale_id", "url_path"))

    def address(self, locale: int, url_path: str) -> str | None:
        """Return the address, without the origin, of a page by the id of its locale and its `url_path`; None for a
        page that is below no home page."""
        root = self.paths.get(locale)
        if root is None or not url_path.startswith(root):
            return None
        return f"/{LocaleCodes.code(locale)}/{url_path[len(root) :]}"


def public(request: HttpRequest) -> QuerySet[Any]:
    """Return the public pages of all languages, whose addresses are served."""
    return reachable_pages(Page.objects.order_by(), private_keys(request))


def parts(request: HttpRequest) -> list[tuple[str, int, datetime.datetime | None]]:
    """Return (language code, number, time of the last change) of each file, PART pages in each, for the index.
    Each change of the site counts: a file is fetched again rather too often than too late."""
    counted = (
        public(request).values("locale__language_code").annotate(count=Count("pk"), last=Max("last_published_at"))
    )
    languages = {row["locale__language_code"]: row for row in counted.order_by()}
    changed = changed_at([tags.ANYTHING])
    return [
        (code, number, latest(languages[code]["last"], changed))
        for code in dict(settings.LANGUAGES)
        if code in languages
        for number in range(1, -(-languages[code]["count"] // PART) + 1)
    ]


def part_of(request: HttpRequest, code: str, number: int) -> QuerySet[Any]:
    """Return the public pages of a part of a language, at most PART; parts are numbered from 1."""
    pages = public(request).filter(locale__language_code=code).order_by("pk")
    return pages[(number - 1) * PART : number * PART]


def rows(request: HttpRequest, code: str, number: int) -> list[Row]:
    """Return the entries of a part, complete with alternates, images and times, or an empty list if there is no
    such part."""
    roots = Roots()
    fields = ("pk", "translation_key", "content_type_id", "locale_id", "url_path", "last_published_at")
    part = part_of(request, code, number).values_list(*fields)
    found = [
        Row(key, translation_key, content_type, address, changed)
        for key, translation_key, content_type, locale, url_path, changed in part
        if (address := roots.address(locale, url_path))
    ]
    if found:
        add_alternates(request, found, roots, part_of(request, code, number))
        add_images(found)
        add_changes(found, code)
    return found


def add_alternates(request: HttpRequest, found: Iterable[Row], roots: Roots, part: QuerySet[Any]) -> None:
    """Add to the entries in `found` the addresses of all public translations, including the page itself: search
    engines ignore alternates that do not name each other. `part` are the pages of the entries."""
    pages = public(request).filter(translation_key__in=part.values("translation_key"))
    by_key: dict[UUID, dict[str, str]] = defaultdict(dict)
    for key, locale, url_path in pages.values_list("translation_key", "locale_id", "url_path"):
        if address := roots.address(locale, url_path):
            by_key[key][LocaleCodes.code(locale)] = address
    order = [known for known, _name in settings.LANGUAGES]
    for row in found:
        known = by_key[row.translation_key]
        row.alternates = {each: known[each] for each in order if each in known}


def add_changes(found: list[Row], code: str) -> None:
    """Set the time of the last change of each entry in `found`, in the language `code`: when the page was last
    published or changed, or, of a list, a campaign or a story, something that it shows."""
    locale = LocaleCodes.ids()[code]
    by_class = by_model(found)
    years = years_of([row.key for row in by_class.get(EditionPage, [])])
    for model, rows_of_model in by_class.items():
        for row in rows_of_model:
            shown = {tags.row_of(model, row.key), tags.body_of(row.key)}
            if model is HomePage:
                shown.add(tags.content(SITE, locale))
            elif model is NewsIndexPage:
                shown.add(tags.content(SITE, locale, STORIES))
            elif model is EditionPage:
                shown |= {tags.content(scope, locale, year) for scope, year in years.get(row.key, [])}
            else:
                shown.add(tags.content(row.translation_key, locale))
            if model in (HomePage, CampaignIndexPage, CampaignPage):
                shown.add(tags.table(EditionPage._meta.db_table))
            row.changed = latest(row.changed, changed_at(shown))


def years_of(editions: list[int]) -> dict[int, list[tuple[UUID, int]]]:
    """Return pairs of the translation key of the campaign and a year by the primary keys of editions (two
    queries): the year of the edition and that after it, as an edition lasts until the next one begins."""
    if not editions:
        return {}
    rows = EditionPage.objects.filter(pk__in=editions).values_list("pk", "path", "year")
    parents = {path[: -Page.steplen] for _pk, path, _year in rows}
    campaigns = dict(Page.objects.filter(path__in=parents).values_list("path", "translation_key"))
    return {
        pk: [(campaign, each) for each in (year, year + 1)]
        for pk, path, year in rows
        if (campaign := campaigns.get(path[: -Page.steplen]))
    }


def add_images(found: list[Row]) -> None:
    """Add the public lead images to the entries, with a query for each page class that has lead images."""
    chosen: dict[int, int] = {}
    for model, rows_of_model in by_model(found).items():
        if issubclass(model, LeadImageMixin):
            keys = [row.key for row in rows_of_model]
            pages = model._default_manager.filter(pk__gte=min(keys), pk__lte=max(keys), lead_image__isnull=False)
            chosen |= dict(pages.order_by().values_list("pk", "lead_image"))
    wanted = {image for row in found if (image := chosen.get(row.key))}
    urls = image_urls(wanted)
    for row in found:
        if url := urls.get(chosen.get(row.key, 0)):
            row.images = [url]


def image_urls(wanted: set[int]) -> dict[int, str]:
    """Return the addresses of the largest JPEG rendition of those of these images that are public and have one, by
    primary key."""
    if not wanted:
        return {}
    # Two queries, because one would be nested too deeply for SQLite's parser.
    shown = list(media.public(SiteImage.objects.filter(pk__in=wanted)).values_list("pk", flat=True))
    renditions = SiteRendition.objects.filter(filter_spec=IMAGE, image__in=shown)
    return {each.image_id: each.url for each in renditions}


def by_model(found: Iterable[Row]) -> dict[type[Page], list[Row]]:
    """Return the entries by page class."""
    grouped: dict[type[Page], list[Row]] = defaultdict(list)
    for row in found:
        model = ContentType.objects.get_for_id(row.content_type).model_class()
        assert model is not None
        grouped[model].append(row)
    return grouped
