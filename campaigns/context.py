"""The template contexts of this app's pages, and of a quote's preview."""

import datetime
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Manager, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from campaigns import drawing
from campaigns.cards import CampaignCard, Link, PartnerCard
from campaigns.editions import current_edition, edition_cards, editions_of, period_of
from campaigns.kinds import BY_NAME, QUOTES
from campaigns.listing import cards_of, news_listing
from campaigns.listings.reading import hidden_from, listed
from campaigns.material import DEFAULT_LIMIT, Material, Scope
from campaigns.models import (
    SDG,
    CampaignIndexPage,
    CampaignPage,
    EditionPage,
    NewsIndexPage,
    NewsPage,
    Organisation,
    ProjectPage,
    Quote,
    Topic,
)
from campaigns.models.listing import STORIES
from campaigns.years import next_observance
from core.languages.site_languages import LocaleCodes, active_code
from core.page_context import register
from core.typed import Translatable
from core.visibility import best_by_key, live_pieces, private_keys, public_pages

STORY_KINDS = tuple(BY_NAME)
EDITION_KINDS = (*STORY_KINDS, "stories")
CAMPAIGN_KINDS = (*EDITION_KINDS, "editions")
"""The kinds of material that a page shows even if its body has no block for them, in the order of the page."""

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
    indexes = NewsIndexPage.objects.filter(locale__language_code=active_code())
    index = live_pieces(indexes).order_by("path").first()
    return index.get_url(request) if index else None


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
    code, private = active_code(), private_keys(request)
    campaigns = tied(story.campaign_ties, "campaign", public_pages(CampaignPage.objects.order_by(), private), code)
    projects = tied(story.project_ties, "project", public_pages(ProjectPage.objects.order_by(), private), code)
    accent = campaigns[0].accent if campaigns else ""
    scope = Scope(story=story.translation_key, accent=accent)
    return {
        "material": Material(request, story.body, scope, STORY_KINDS, [story.lead_image]),
        "dateline": drawing.places_of([story], code).get(story.pk, []),
        "campaigns": page_links(campaigns, request),
        "projects": page_links(projects, request),
        "partners": partners_of(story, code),
        "topics": [
            drawing.words(topic)
            for topic in tied(story.topic_ties, "topic", live_pieces(Topic.objects.all()), code)
        ],
        "sdgs": [drawing.words(sdg) for sdg in tied(story.sdg_ties, "sdg", live_pieces(SDG.objects.all()), code)],
        "accent": accent,
    }


def quote_context(quote: Quote, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of a quote's preview: its card as pages show it, in the quote's language (four
    queries). The card has no link to a source story that is not public."""
    code = LocaleCodes.code(quote.locale_id)
    quote.speaker_key = quote.speaker and quote.speaker.translation_key
    quote.source_key = quote.source and quote.source.translation_key
    stories = public_pages(NewsPage.objects.order_by()).filter(translation_key=quote.source_key)
    sources = drawing.links(stories, request, code)
    key = quote.translation_key
    return {"card": QUOTES.cards({key: quote}, drawing.people([quote], code), sources)[key]}


def project_context(project: ProjectPage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of a project's page: its material, the cards of its donor (None if it has no
    live one), of its live partners and of the six newest public stories tied to it."""
    code = active_code()
    donors: Iterable[Organisation] = (
        live(Organisation).filter(translation_key=project.donor.translation_key) if project.donor else []
    )
    private = hidden_from(request)
    newest = list(listed(STORIES, [project.translation_key], code, private)[:DEFAULT_LIMIT])
    return {
        "material": Material(request, project.body, Scope(), images=[project.lead_image]),
        "donor": next(iter(drawing.partner_cards(best_by_key(donors, code)).values()), None),
        "partners": partners_of(project, code),
        "stories": cards_of(newest, request, code, private),
    }


def campaign_cards(request: HttpRequest) -> list[CampaignCard]:
    """Return the cards of all public campaigns, each in the best language for readers of the active one, sorted by
    the next observance; campaigns without a day come last. Theme and year are those of the current edition."""
    code = active_code()
    campaigns = best_by_key(public_pages(CampaignPage.objects.order_by("path"), private_keys(request)), code)
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


def live(model: type[Organisation]) -> QuerySet[Organisation]:
    """Return the rows of the model that are live, in every language, without translations whose source was
    unpublished."""
    return live_pieces(model.objects.all())


def tied(ties: Manager[Any], field: str, queryset: QuerySet[Row], code: str) -> list[Row]:
    """Return the rows of `queryset` that the foreign key `field` of the ties points at, each once, in the best
    language for readers of `code` and in the editor's order (two queries; one if there are no ties)."""
    keys = list(ties.values_list(f"{field}__translation_key", flat=True))
    rows = best_by_key(queryset.filter(translation_key__in=keys), code) if keys else {}
    return [rows[key] for key in dict.fromkeys(keys) if key in rows]


def partners_of(page: NewsPage | ProjectPage, code: str) -> list[PartnerCard]:
    """Return the cards of the page's live partner organisations, each in the best language for readers of `code`,
    in the editor's order."""
    partners = tied(page.partner_ties, "organisation", live(Organisation), code)
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
