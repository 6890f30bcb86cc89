"""The list of stories: each once, in the best language, filtered and paged by GET parameters."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from campaigns import drawing
from campaigns.cards import StoryCard
from campaigns.listings.reading import listed, months_of, stories
from campaigns.listings.rows import SITE
from campaigns.models import CampaignPage, Listing, Topic
from campaigns.models.listing import STORIES
from core.languages.site_languages import LocaleCodes, Words, active_code
from core.media.renditions import load_pictures
from core.prepared import SOME_TIME, Prepared
from core.visibility import best_by_key, hidden_from, kind_of, rows_seen, seen_in

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


class Stories:
    """The stories of a list, newest first, as `Paginator` needs them. `months` are their numbers by month, newest
    first, of which each page is found without reading what stands before its month; None if they are not known."""

    def __init__(self, rows: QuerySet[Listing], months: Mapping[int, int] | None) -> None:
        self.rows = rows
        self.months = months

    def count(self) -> int:
        return self.rows.count() if self.months is None else sum(self.months.values())

    def __getitem__(self, part: slice) -> list[Listing]:
        first, last = part.start, part.stop
        for month, number in (self.months or {}).items():
            if first < number:
                return list(self.rows.filter(newest__lt=(month + 1) * 100)[first:last])
            first, last = first - number, last - number
        return [] if self.months is not None else list(self.rows[first:last])


def news_listing(request: HttpRequest, labels: dict[str, str]) -> dict[str, Any]:
    """Return the template context of the list of stories: the cards of one page (`stories`), the `pager`, the
    `filters`, and the part of a `query` string that keeps them. The page and the filters come from the GET
    parameters; unknown values are ignored. `labels` are those of the filters by name."""
    code, private = active_code(), hidden_from(request)
    campaigns = public_campaigns(code, private)
    topics = public_topics(code)
    months = months_of(SITE, code, private)
    filters = news_filters(request.GET, campaigns.values(), topics.values(), months, labels)
    values = {each.name: each.value for each in filters}
    chosen_scopes = [row.translation_key for row in campaigns.values() if row.slug == values["campaign"]][-1:]
    chosen_scopes += [row.translation_key for row in topics.values() if row.slug == values["topic"]]
    found = filtered(chosen_scopes, values["year"], months, code, private)
    # Paginator asks for a count and a slice alone.
    pager: Paginator[Listing] = Paginator(found, STORIES_A_PAGE)  # type: ignore[arg-type]
    page = pager.get_page(request.GET.get("page"))
    return {
        "stories": cards_of(list(page), request, code, private),
        "pager": page,
        "filters": filters,
        "query": filters_query(filters),
    }


def public_campaigns(code: str, private: QuerySet[Any] | None) -> dict[UUID, CampaignPage]:
    """Return the campaigns that readers of `code` see, in the order of the tree, with the fields that cards
    show."""
    moment: dict[str, Any] = {"locale": LocaleCodes.ids().get(code), "now": timezone.now()}
    found = rows_seen(_campaigns, private, kind=kind_of(CampaignPage), **moment)
    return best_by_key(sorted(found, key=attrgetter("path")), code)


def public_topics(code: str) -> dict[UUID, Topic]:
    """Return the topics that readers of `code` see, by name."""
    return best_by_key(list(_topics.rows(locale=LocaleCodes.ids().get(code), now=timezone.now())), code)


def _build_campaigns(kind: int, locale: int, now: datetime.datetime) -> QuerySet[Any]:
    shown = ("slug", "short_name", "accent", "observance_day", "observance_month")
    campaigns = CampaignPage.objects.filter(content_type=kind).order_by()
    return seen_in(campaigns.only(*drawing.LINKED, *shown), locale, now)


_campaigns = Prepared(_build_campaigns, kind=-1, locale=-2, now=SOME_TIME)
_topics = Prepared(
    lambda locale, now: seen_in(Topic.objects.order_by("name"), locale, now), locale=-1, now=SOME_TIME
)


def filtered(
    scopes: Sequence[UUID], year: str, months: Mapping[int, int], code: str, private: QuerySet[Any] | None
) -> Stories:
    """Return the stories that are in the lists of all these scopes (a campaign, a topic) and of the year, if it is
    not empty. `months` are those of the whole site."""
    first, *others = scopes or [SITE]
    rows = listed(STORIES, [first], code, private)
    if others:
        rows = rows.filter(key__in=Listing.objects.filter(kind=STORIES, scope__in=others).values("key"))
    rows = rows.filter(newest__gte=int(year) * 10_000) if year else rows
    if others:
        return Stories(rows.filter(newest__lt=(int(year) + 1) * 10_000) if year else rows, None)
    # The months end the year. With a second condition on its end, SQLite would begin to read there.
    months = months_of(first, code, private) if scopes else months
    return Stories(rows, {each: number for each, number in months.items() if year in ("", str(each // 100))})


def cards_of(
    rows: Sequence[Listing], request: HttpRequest, code: str, private: QuerySet[Any] | None
) -> list[StoryCard]:
    """Return the cards of stories, in the same order, each in the best language for readers of `code`. Stories
    that are not live any more are left out."""
    found = stories(rows, code, private)
    ordered = {row.key: story for row in rows if (story := found.get(row.key)) and not story.is_hidden}
    load_pictures(story.lead_image for story in ordered.values())
    return list(drawing.story_cards(ordered, request, code).values())


def topic_options(topics: Iterable[Topic]) -> list[tuple[str, Words]]:
    """Return the options of a filter by topic, slugs with names, sorted by name."""
    return sorted(((topic.slug, drawing.words(topic)) for topic in topics), key=lambda option: option[1].text)


def news_filters(
    parameters: QueryDict,
    campaigns: Iterable[CampaignPage],
    topics: Iterable[Topic],
    months: Iterable[int],
    labels: dict[str, str],
) -> list[Filter]:
    """Return the filters by campaign, topic and year, newest first. The values come from `parameters` if they are
    among the options. `months` are those that have stories; `labels` are those of the filters by name."""
    years = dict.fromkeys(str(month // 100) for month in months if month)
    options: dict[str, Sequence[tuple[str, str | Words]]] = {
        "campaign": [(campaign.slug, drawing.words(campaign)) for campaign in campaigns],
        "topic": topic_options(topics),
        "year": [(year, year) for year in years],
    }
    return [Filter(name, labels[name], found, chosen(parameters, name, found)) for name, found in options.items()]
