"""The news sitemap: the stories of the last two days, each in its own language, as Google News requires."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from campaigns.listings.rows import SITE
from campaigns.models import NewsPage
from campaigns.models.listing import STORIES
from campaigns.querysets import Period
from core.http.conditional import changed_at
from core.languages.site_languages import LocaleCodes
from core.stamps import tags
from core.visibility import private_keys, reachable_pages
from home.sitemaps.pages import Roots

DAYS = 2
MOST = 1_000  # the limit of the protocol


@dataclass(frozen=True)
class NewsRow:
    """An entry of the news sitemap; `path` is the address without the origin."""

    path: str
    title: str
    code: str
    date: datetime.date


def news_rows(request: HttpRequest) -> list[NewsRow]:
    """Return the public stories, at most MOST and newest first, whose date that readers see, in all languages the
    source's, is at most DAYS days ago and not in the future. An old story that is published or translated today is
    no news."""
    today = timezone.localdate()
    recent = NewsPage.objects.order_by().in_period(
        Period(today - datetime.timedelta(days=DAYS), today + datetime.timedelta(days=1))
    )
    shown = reachable_pages(recent, private_keys(request)).with_original_date()
    fields = ("locale_id", "url_path", "title", "original_date")
    roots = Roots()
    return [
        NewsRow(address, title, LocaleCodes.code(locale), date)
        for locale, url_path, title, date in shown.order_by("-original_date", "-pk").values_list(*fields)[:MOST]
        if (address := roots.address(locale, url_path))
    ]


def last_news() -> datetime.datetime | None:
    """Return when a list of all stories last changed in any language; None if that is not known."""
    return changed_at(tags.content(SITE, locale, STORIES) for locale in LocaleCodes.ids().values())
