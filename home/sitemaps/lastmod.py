"""Time of the last publication of the pages that a list shows. The list's own date would be older than its
content."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from campaigns.models import CampaignIndexPage, CampaignPage, EditionPage, NewsIndexPage, NewsPage
from core.visibility import private_keys, reachable_pages
from home.models import HomePage


def last_of_lists(
    request: HttpRequest, models: Iterable[type[Page]], code: str
) -> dict[type[Page], datetime.datetime | None]:
    """Return by class of list, for those among `models`, when one of the public pages in the language `code` that
    it shows was last published (a query for each class of these pages); None if it shows none."""
    held: dict[type[Page], type[Page]] = {
        HomePage: NewsPage,
        NewsIndexPage: NewsPage,
        CampaignIndexPage: EditionPage,
    }
    wanted = {held[model] for model in models if model in held}
    last = {
        model: public(request, model, code).aggregate(last=Max("last_published_at"))["last"] for model in wanted
    }
    return {model: last[held[model]] for model in models if model in held}


def last_of_campaigns(
    request: HttpRequest, models: Collection[type[Page]], code: str
) -> dict[UUID, datetime.datetime | None]:
    """Return by translation key of a campaign when one of its public stories in the language `code` was last
    published (one query). Return nothing if campaigns are not among `models`."""
    if CampaignPage not in models:
        return {}
    tied = public(request, NewsPage, code).values("campaign_ties__campaign__translation_key")
    newest = tied.annotate(last=Max("last_published_at"))
    return dict(newest.values_list("campaign_ties__campaign__translation_key", "last"))


def public(request: HttpRequest, model: type[Page], code: str) -> QuerySet[Any]:
    """Return the public pages of a class in one language, whose addresses are served."""
    pages = model.objects.order_by().filter(locale__language_code=code)
    return reachable_pages(pages, private_keys(request))
