"""The list of stories: each once, in the best language, filtered and paged by GET parameters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, QueryDict

from campaigns import drawing
from campaigns.cards import StoryCard
from campaigns.models import CampaignPage, NewsPage, Topic
from campaigns.querysets import StoryQuerySet, newest_keys
from core.languages.site_languages import Words, active_code
from core.media.renditions import load_pictures
from core.visibility import best_by_key, for_reader, live_now, live_pieces, private_keys, public_pages

STORIES_A_PAGE = 12


@dataclass(frozen=True)
class Filter:
    """One select of a filter form. `options` are values with labels; `value` is one of the values or empty."""

    name: str
    label: str
    options: Sequence[tuple[str, str | Words]]
    value: str


def chosen(parameters: QueryDict, name: str, options: Sequence[tuple[str, str | Words]]) -> str:
    """Return the value of the parameter `name` if it is one of the options, else an empty string."""
    value = parameters.get(name, "")
    return value if value in {option for option, _label in options} else ""


def filters_query(filters: list[Filter]) -> str:
    """Return the part of a query string that keeps the filters with a value in the links of a pager:
    "campaign=…&", or an empty string if no filter is set."""
    pairs = [(each.name, each.value) for each in filters if each.value]
    return f"{urlencode(pairs)}&" if pairs else ""


def news_listing(request: HttpRequest, labels: dict[str, str]) -> dict[str, Any]:
    """Return the template context of the list of stories: the cards of one page (`stories`), the `pager`, the
    `filters`, and the part of a `query` string that keeps them. The page and the filters come from the GET
    parameters; unknown values are ignored. `labels` are those of the filters by name."""
    code, private = active_code(), private_keys(request)
    stories = for_reader(public_pages(NewsPage.objects.order_by(), private), code)
    filters = news_filters(request.GET, stories, private, labels)
    stories = filtered(stories, {each.name: each.value for each in filters})
    page = Paginator(newest_keys(stories), STORIES_A_PAGE).get_page(request.GET.get("page"))
    return {
        "stories": cards_of(page, request, code),
        "pager": page,
        "filters": filters,
        "query": filters_query(filters),
    }


def cards_of(page: "Page[UUID]", request: HttpRequest, code: str) -> list[StoryCard]:
    """Return the cards of one page of translation keys, in the same order, each in the best language for readers
    of `code`. Stories that are not live any more are left out."""
    wanted = list(page)
    rows = live_now(NewsPage.objects.filter(translation_key__in=wanted)).order_by().with_original_date()
    found: dict[UUID, NewsPage] = best_by_key(rows.select_related("lead_image"), code)
    load_pictures(story.lead_image for story in found.values())
    ordered = {key: found[key] for key in wanted if key in found}
    return list(drawing.story_cards(ordered, request, code).values())


def filtered(stories: StoryQuerySet, values: dict[str, str]) -> StoryQuerySet:
    """Return the stories that match the values of the filters "campaign" (a slug), "topic" (a slug) and "year", of
    which all three must be given; an empty value filters nothing. Ties and date of the source language count."""
    if values["campaign"]:
        stories = stories.whose_original(campaign_ties__campaign__slug=values["campaign"])
    if values["topic"]:
        stories = stories.whose_original(topic_ties__topic__slug=values["topic"])
    if values["year"]:
        stories = stories.whose_original(date__year=values["year"])
    return stories


def topic_options(topics: Iterable[Topic]) -> list[tuple[str, Words]]:
    """Return the options of a filter by topic, slugs with names, sorted by name."""
    return sorted(((topic.slug, drawing.words(topic)) for topic in topics), key=lambda option: option[1].text)


def news_filters(
    parameters: QueryDict, stories: StoryQuerySet, private: QuerySet[Any], labels: dict[str, str]
) -> list[Filter]:
    """Return the filters by campaign, topic and year: all public campaigns, all live topics and the years of
    `stories`, newest first. The values come from `parameters` if they are among the options. `private` is the
    result of `private_keys()`; `labels` are those of the filters by name."""
    code = active_code()
    campaigns: dict[UUID, CampaignPage] = best_by_key(
        public_pages(CampaignPage.objects.order_by("path"), private), code
    )
    topics: dict[UUID, Topic] = best_by_key(live_pieces(Topic.objects.order_by("name")), code)
    years = stories.with_original_date().annotate(of_year=ExtractYear("original_date"))
    years = years.order_by("-of_year").values_list("of_year", flat=True).distinct()
    options: dict[str, Sequence[tuple[str, str | Words]]] = {
        "campaign": [(campaign.slug, drawing.words(campaign)) for campaign in campaigns.values()],
        "topic": topic_options(topics.values()),
        "year": [(str(year), str(year)) for year in years],
    }
    return [Filter(name, labels[name], found, chosen(parameters, name, found)) for name, found in options.items()]
