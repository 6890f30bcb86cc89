"""The news sitemap: the stories of the last two days, each in its own language, as Google News requires."""

import datetime
from dataclasses import dataclass

from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone

from campaigns.models import NewsIndexPage, NewsPage
from campaigns.querysets import Period
from core.changes import last_change, latest
from core.languages.site_languages import LocaleCodes
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


def last_news(request: HttpRequest) -> datetime.datetime | None:
    """Return when a public story was last published or a list of stories last changed; None if neither is
    known."""
    stories = reachable_pages(NewsPage.objects.order_by(), private_keys(request))
    lists = NewsIndexPage.objects.order_by().values("translation_key")
    return latest(stories.aggregate(last=Max("last_published_at"))["last"], last_change(lists, None))
