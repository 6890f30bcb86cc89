"""When what a list shows was last published: its own entry would else be older than what stands on it."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from campaigns.models import CampaignIndexPage, CampaignPage, EditionPage, NewsIndexPage, NewsPage
from core.typed import Translatable
from core.visibility import private_keys, reachable_pages
from home.models import HomePage


def last_of_lists(
    request: HttpRequest, models: Iterable[type[Translatable]], code: str
) -> dict[type[Translatable], datetime.datetime | None]:
    """Per kind of list that is there (a query for each kind of what they hold)."""
    held = {HomePage: NewsPage, NewsIndexPage: NewsPage, CampaignIndexPage: EditionPage}
    wanted = {held[model] for model in models if model in held}
    last = {
        model: public(request, model, code).aggregate(last=Max("last_published_at"))["last"] for model in wanted
    }
    return {model: last[held[model]] for model in models if model in held}


def last_of_campaigns(
    request: HttpRequest, models: Collection[type[Translatable]], code: str
) -> dict[object, datetime.datetime | None]:
    """Per translation key of a campaign: its newest story's (one query)."""
    if CampaignPage not in models:
        return {}
    tied = public(request, NewsPage, code).values("campaign_ties__campaign__translation_key")
    newest = tied.annotate(last=Max("last_published_at"))
    return dict(newest.values_list("campaign_ties__campaign__translation_key", "last"))


def public(request: HttpRequest, model: type[Page], code: str) -> QuerySet[Any]:
    pages = model.objects.order_by().filter(locale__language_code=code)
    return reachable_pages(pages, private_keys(request))
