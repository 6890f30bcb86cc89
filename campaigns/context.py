"""What the pages of this app hand to their templates."""

import datetime
from collections.abc import Iterable

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from campaigns import drawing
from campaigns.cards import CampaignCard, PartnerCard, VoiceCard
from campaigns.drawing import best_by_key, model
from campaigns.editions import current_edition, edition_cards, editions_of, period_of
from campaigns.material import Material, Scope
from core.languages.site_languages import LocaleCodes, active_code
from core.visibility import live_pieces, private_keys, public_pages

CAMPAIGN_KINDS = ("takeaways", "quotes", "figures", "stories", "editions")
EDITION_KINDS = ("takeaways", "quotes", "figures", "stories")
STORY_KINDS = ("takeaways", "quotes", "figures")


def campaign_context(campaign: Model, request: HttpRequest) -> dict:
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
    indexes = model("NewsIndexPage").objects.filter(locale__language_code=active_code())
    index = live_pieces(indexes).order_by("path").first()
    return index.get_url(request) if index else None


def edition_context(edition: Model, request: HttpRequest) -> dict:
    campaign = model("CampaignPage").objects.ancestor_of(edition).get()
    editions = editions_of([campaign.translation_key], active_code(), request)[campaign.translation_key]
    cards = edition_cards(editions, request)
    # A draft in its preview is not among them.
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


def story_context(story: Model, request: HttpRequest) -> dict:
    code, private = active_code(), private_keys(request)
    campaigns = tied(story.campaign_ties, "campaign", public_pages(pages("CampaignPage"), private), code)
    projects = tied(story.project_ties, "project", public_pages(pages("ProjectPage"), private), code)
    accent = campaigns[0].accent if campaigns else ""
    scope = Scope(story=story.translation_key, accent=accent)
    return {
        "material": Material(request, story.body, scope, STORY_KINDS, [story.lead_image]),
        "dateline": drawing.places_of([story], code).get(story.pk, []),
        "campaigns": page_links(campaigns, request),
        "projects": page_links(projects, request),
        "partners": partners_of(story, code),
        "topics": [drawing.words(topic) for topic in tied(story.topic_ties, "topic", live("Topic"), code)],
        "sdgs": [drawing.words(sdg) for sdg in tied(story.sdg_ties, "sdg", live("SDG"), code)],
        "accent": accent,
    }


def quote_card(quote: Model, request: HttpRequest) -> VoiceCard:
    """Return it as the pages show it, in its own language (four queries)."""
    code = LocaleCodes.code(quote.locale_id)
    quote.speaker_key = quote.speaker and quote.speaker.translation_key
    quote.source_key = quote.source and quote.source.translation_key
    stories = public_pages(model("NewsPage").objects.order_by()).filter(translation_key=quote.source_key)
    sources = drawing.links(stories, request, code)
    key = quote.translation_key
    return drawing.voice_cards({key: quote}, drawing.people([quote], code), sources)[key]


def accent_of_story(story: Model) -> str:
    """As `story_context` has it, for its picture."""
    shown = public_pages(pages("CampaignPage"))
    campaigns = tied(story.campaign_ties, "campaign", shown, LocaleCodes.code(story.locale_id))
    return campaigns[0].accent if campaigns else ""


def wearing_accent_of(campaign: Model) -> list[int]:
    """The campaign's editions and stories in its language, which wear its colour (two queries)."""
    editions = model("EditionPage").objects.child_of(campaign).order_by()
    stories = pages("NewsPage").tied_to(campaign.translation_key).filter(locale=campaign.locale_id)
    return [*editions.values_list("pk", flat=True), *stories.values_list("pk", flat=True)]


def project_context(project: Model, request: HttpRequest) -> dict:
    code = active_code()
    donors = live("Organisation").filter(translation_key=project.donor.translation_key) if project.donor else []
    stories = public_pages(model("NewsPage").objects.order_by(), private_keys(request))
    own = stories.whose_original(project_ties__project__translation_key=project.translation_key)
    return {
        "material": Material(request, project.body, Scope(), images=[project.lead_image]),
        "donor": next(iter(drawing.partner_cards(best_by_key(donors, code)).values()), None),
        "partners": partners_of(project, code),
        "stories": drawing.newest_story_cards(own, request, code, 6),
    }


def campaign_cards(request: HttpRequest) -> list[CampaignCard]:
    """Every campaign in its best language, the one whose day comes next first."""
    code = active_code()
    campaigns = best_by_key(public_pages(pages("CampaignPage").order_by("path"), private_keys(request)), code)
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


def next_observance(campaign: Model, today: datetime.date | None = None) -> datetime.date | None:
    """Today or the next time that the day comes round; 29 February counts as the 28th in other years."""
    if not campaign.observance_day or not campaign.observance_month:
        return None
    today = today or timezone.localdate()
    days = (observance_in(campaign, year) for year in (today.year, today.year + 1))
    return next(day for day in days if day >= today)


def observance_in(campaign: Model, year: int) -> datetime.date:
    try:
        return datetime.date(year, campaign.observance_month, campaign.observance_day)
    except ValueError:
        return datetime.date(year, campaign.observance_month, 28)


def pages(name: str) -> QuerySet:
    return model(name).objects.order_by()


def live(name: str) -> QuerySet:
    return live_pieces(model(name).objects.all())


def tied(ties, field: str, queryset: QuerySet, code: str) -> list[Model]:
    """What the rows of ties point at, in its best language and in the editor's order (two queries)."""
    keys = list(ties.values_list(f"{field}__translation_key", flat=True))
    rows = best_by_key(queryset.filter(translation_key__in=keys), code) if keys else {}
    return [rows[key] for key in dict.fromkeys(keys) if key in rows]


def partners_of(page: Model, code: str) -> list[PartnerCard]:
    partners = tied(page.partner_ties, "organisation", live("Organisation"), code)
    return list(drawing.partner_cards({partner.translation_key: partner for partner in partners}).values())


def page_links(found: Iterable[Model], request: HttpRequest | None) -> list[drawing.Link]:
    return [drawing.link(page, request) for page in found]
