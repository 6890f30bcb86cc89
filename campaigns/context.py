"""The template contexts of this app's pages, and of a quote's preview."""

import datetime
from collections.abc import Iterable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, Manager, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page

from campaigns import drawing
from campaigns.cards import CampaignCard, Link, PartnerCard
from campaigns.editions import current_edition, edition_cards, editions_of, period_of
from campaigns.kinds import BY_NAME, QUOTES
from campaigns.listing import cards_of, news_listing, public_campaigns
from campaigns.listings.reading import listed
from campaigns.material import DEFAULT_LIMIT, Material, Scope
from campaigns.models import (
    SDG,
    CampaignIndexPage,
    CampaignPage,
    EditionPage,
    NewsIndexPage,
    NewsPage,
    Organisation,
    Place,
    ProjectPage,
    Quote,
    Topic,
)
from campaigns.models.listing import STORIES
from campaigns.years import next_observance
from core.languages.site_languages import LocaleCodes, active_code
from core.page_context import register
from core.prepared import SOME_TIME, Prepared, Several
from core.typed import Translatable
from core.visibility import best_by_key, best_rows, hidden_from, kind_of, private_keys, seen, seen_in

STORY_KINDS = tuple(BY_NAME)
EDITION_KINDS = (*STORY_KINDS, "stories")
CAMPAIGN_KINDS = (*EDITION_KINDS, "editions")
"""The kinds of material that a page shows even if its body has no block for them, in the order of the page."""

STORY_TIES = {
    "campaign": "campaign_ties",
    "project": "project_ties",
    "organisation": "partner_ties",
    "topic": "topic_ties",
    "sdg": "sdg_ties",
    "place": "places",
}
"""The relations of a story's ties by the foreign key to what they point at."""

Row = TypeVar("Row", bound=Translatable)


def campaign_context(campaign: CampaignPage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of a campaign's page: its material, the card of the current edition (None if it
    has no edition), the date of the next observance (None if it has no day) and the colour."""
    key = campaign.translation_key
    editions = editions_of([key], active_code(), request)[key]
    cards = edition_cards(editions, request)
    more_url = f"{url}?campaign={campaign.slug}" if (url := news_url(request)) else ""
    scope = Scope(campaign=key, accent=campaign.accent, editions=cards, more_url=more_url)
    return {
        "material": Material(request, campaign.body, scope, CAMPAIGN_KINDS, [campaign.lead_image]),
        "current_edition": next((card for card in cards if card.is_current), None),
        "observance": next_observance(campaign),
        "accent": campaign.accent,
    }


def news_url(request: HttpRequest) -> str | None:
    """Return the URL of the list of stories in the active language, or None if no such list is live."""
    indexes = sorted(_indexes.rows(kind=kind_of(NewsIndexPage), now=timezone.now()), key=attrgetter("path"))
    found = (index for index in indexes if LocaleCodes.code(index.locale_id) == active_code())
    return index.get_url(request) if (index := next(found, None)) else None


_indexes = Prepared(
    lambda kind, now: seen(
        NewsIndexPage.objects.filter(content_type=kind).only(*drawing.LINKED).order_by(), now=now
    ),
    kind=-1,
    now=SOME_TIME,
)


def edition_context(edition: EditionPage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of an edition's page: its campaign with its colour, the material of the
    edition's period, and the cards of all public editions of the campaign."""
    campaign = CampaignPage.objects.ancestor_of(edition).get()
    editions = editions_of([campaign.translation_key], active_code(), request)[campaign.translation_key]
    cards = edition_cards(editions, request)
    # The edition itself is used for the preview of a draft, which is not among the public editions.
    known = next((each for each in editions if each.translation_key == edition.translation_key), edition)
    scope = Scope(
        campaign=campaign.translation_key,
        period=period_of(known, editions),
        accent=campaign.accent,
        editions=cards,
    )
    return {
        "campaign": campaign,
        "material": Material(request, edition.body, scope, EDITION_KINDS),
        "editions": cards,
        "accent": campaign.accent,
    }


def story_context(story: NewsPage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of a story's page: its material, the words of its dateline, the campaigns,
    projects, partners, topics and goals that it is tied to and that readers may see, and the colour of the first
    campaign."""
    code, keys = active_code(), story_ties(story)
    of_pages = list(dict.fromkeys([*keys["campaign"], *keys["project"]]))
    moment = {"locale": LocaleCodes.ids().get(code), "now": timezone.now()}
    public = best_rows(_tied_pages, code, hidden_from(request), keys=of_pages, **moment)
    found = [public[key] for key in of_pages if key in public]
    campaigns = [page for page in found if page.translation_key in keys["campaign"]]
    projects = [page for page in found if page.translation_key in keys["project"]]
    accent = campaigns[0].accent if campaigns else ""
    scope = Scope(story=story.translation_key, accent=accent)
    models: dict[str, Any] = {"organisation": Organisation, "topic": Topic, "sdg": SDG, "place": Place}
    snippets = drawing.snippets({model: keys[field] for field, model in models.items()}, code)
    tied_to = {field: [snippets[key] for key in dict.fromkeys(keys[field]) if key in snippets] for field in models}
    return {
        "material": Material(request, story.body, scope, STORY_KINDS, [story.lead_image]),
        "dateline": drawing.datelines_of([(story.pk, key) for key in keys["place"]], snippets).get(story.pk, []),
        "campaigns": page_links(campaigns, request),
        "projects": page_links(projects, request),
        "partners": partner_cards(tied_to["organisation"]),
        "topics": [drawing.words(topic) for topic in tied_to["topic"]],
        "sdgs": [drawing.words(sdg) for sdg in tied_to["sdg"]],
        "accent": accent,
    }


def _build_tied_pages(keys: list[UUID], locale: int, now: datetime.datetime) -> QuerySet[Any]:
    pages = Page.objects.filter(translation_key__in=keys).annotate(accent=F("campaignpage__accent"))
    return seen_in(pages.order_by().only(*drawing.LINKED), locale, now)


_tied_pages = Prepared(_build_tied_pages, keys=Several(UUID), locale=-1, now=SOME_TIME)


def story_ties(story: NewsPage) -> dict[str, list[UUID]]:
    """Return the translation keys of what the ties of a story point at, in the editor's order, by the name of the
    foreign key; in one query, unless they are those of a draft, which are in memory."""
    ties = {field: getattr(story, relation).all() for field, relation in STORY_TIES.items()}
    keys: dict[str, list[UUID]] = {
        field: list(rows.values_list(f"{field}__translation_key", flat=True))
        for field, rows in ties.items()
        if not isinstance(rows, QuerySet)
    }
    stored = tuple(field for field in ties if field not in keys)
    found = _prepared_ties(stored).rows(story=story.pk) if stored else ()
    ordered = sorted(found, key=lambda tie: (tie[1] or 0, tie[2]))
    return keys | {field: [tie[3] for tie in ordered if tie[0] == field] for field in stored}


@cache
def _prepared_ties(fields: tuple[str, ...]) -> Prepared:
    """Return the ties of a story with these foreign keys."""

    def build(story: int) -> QuerySet[Any]:
        ties: dict[str, Any] = {
            field: NewsPage._meta.get_field(STORY_TIES[field]).related_model for field in fields
        }
        parts = [
            model._base_manager.filter(page=story)
            .order_by()
            .values_list(Value(field), "sort_order", "pk", f"{field}__translation_key")
            for field, model in ties.items()
        ]
        return parts[0].union(*parts[1:], all=True)

    return Prepared(build, story=-1)


def quote_context(quote: Quote, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of a quote's preview: its card as pages show it, in the quote's language (four
    queries). The card has no link to a source story that is not public."""
    code = LocaleCodes.code(quote.locale_id)
    quote.speaker_key = quote.speaker and quote.speaker.translation_key
    quote.source_key = quote.source and quote.source.translation_key
    stories = seen(NewsPage.objects.filter(translation_key=quote.source_key).order_by(), private=private_keys())
    sources = drawing.links(stories, request, code)
    key = quote.translation_key
    return {"card": QUOTES.cards({key: quote}, drawing.people([quote], code), sources)[key]}


def project_context(project: ProjectPage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of a project's page: its material, the cards of its donor (None if it has no
    live one), of its live partners and of the six newest public stories tied to it."""
    code = active_code()
    live = seen(Organisation.objects.all())
    donors: Iterable[Organisation] = (
        live.filter(translation_key=project.donor.translation_key) if project.donor else []
    )
    private = hidden_from(request)
    newest = list(listed(STORIES, [project.translation_key], code, private)[:DEFAULT_LIMIT])
    return {
        "material": Material(request, project.body, Scope(), images=[project.lead_image]),
        "donor": next(iter(drawing.partner_cards(best_by_key(donors, code)).values()), None),
        "partners": partner_cards(tied(project.partner_ties, "organisation", live, code)),
        "stories": cards_of(newest, request, code, private),
    }


def campaign_cards(request: HttpRequest) -> list[CampaignCard]:
    """Return the cards of all public campaigns, each in the best language for readers of the active one, sorted by
    the next observance; campaigns without a day come last. Theme and year are those of the current edition."""
    code = active_code()
    campaigns = public_campaigns(code, hidden_from(request))
    editions = editions_of(campaigns, code, request)
    cards = []
    for key, campaign in campaigns.items():
        current = current_edition(editions[key])
        theme = (current.local_theme or current.global_theme) if current else ""
        cards.append(
            CampaignCard(
                code=LocaleCodes.code(campaign.locale_id),
                title=campaign.title,
                short_name=campaign.short_name,
                url=campaign.get_url(request),
                observance=next_observance(campaign),
                theme=theme,
                year=current.year if current else None,
                seed=campaign.slug,
                accent=campaign.accent,
            )
        )
    return sorted(cards, key=lambda card: card.observance or datetime.date.max)


def tied(ties: Manager[Any], field: str, queryset: QuerySet[Row], code: str) -> list[Row]:
    """Return the rows of `queryset` that the foreign key `field` of the ties points at, as `chosen` does."""
    return chosen(list(ties.values_list(f"{field}__translation_key", flat=True)), queryset, code)


def chosen(keys: list[UUID], queryset: QuerySet[Row], code: str) -> list[Row]:
    """Return the rows of `queryset` with these translation keys, each once, in the best language for readers of
    `code` and in the order of the keys; without a query if there are no keys."""
    rows = best_by_key(queryset.filter(translation_key__in=keys), code) if keys else {}
    return [rows[key] for key in dict.fromkeys(keys) if key in rows]


def partner_cards(partners: list[Organisation]) -> list[PartnerCard]:
    """Return the cards of partner organisations, in the same order."""
    return list(drawing.partner_cards({partner.translation_key: partner for partner in partners}).values())


def news_context(index: NewsIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of the list of stories (see `news_listing`)."""
    labels = {"campaign": gettext("Campaign"), "topic": gettext("Topic"), "year": gettext("Year")}
    return news_listing(request, labels)


def campaigns_context(index: CampaignIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of the list of campaigns: the cards of all public ones."""
    return {"campaigns": campaign_cards(request)}


def connect() -> None:
    register(campaigns_context, CampaignIndexPage)
    register(campaign_context, CampaignPage)
    register(edition_context, EditionPage)
    register(news_context, NewsIndexPage)
    register(story_context, NewsPage)
    register(project_context, ProjectPage)
    register(quote_context, Quote)


def page_links(found: Iterable[Translatable], request: HttpRequest | None) -> list[Link]:
    """Return links to the pages with their titles, in the same order."""
    return [drawing.link(page, request) for page in found]
