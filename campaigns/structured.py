"""Structured data (schema.org) of stories, observances, quotes and commitments, made of the page's template
context without further queries."""

from typing import Any

from django.utils.translation import gettext

from campaigns.cards import Card, EditionCard
from campaigns.editions import full_name
from campaigns.kinds import BY_NAME
from campaigns.material import Material
from campaigns.models import CampaignPage, EditionPage, NewsPage
from campaigns.years import observance_in
from core.languages.cldr import numerals
from core.languages.site_languages import LocaleCodes, Words
from core.media import renditions
from core.seo.structured import Subject
from core.templatetags.pictures import drawable


def nodes(subject: Subject) -> list[dict[str, Any]]:
    """Return the schema.org objects of a page: the article of a story, or the event of a campaign or edition, and
    those of the cards of material that the page shows. Other pages have only those of cards."""
    found: list[dict[str, Any]] = []
    if isinstance(subject.page, NewsPage):
        found.append(article(subject))
    elif isinstance(subject.page, EditionPage | CampaignPage):
        found += observance(subject)
    cards = (card.node(subject.url, subject.at) for card in shown_cards(subject.context.get("material")))
    return found + [node for node in cards if node]


def article(subject: Subject) -> dict[str, Any]:
    """Return the NewsArticle of a story's page, from the page and its template context."""
    story, context = subject.page, subject.context
    return {
        "@type": "NewsArticle",
        "@id": f"{subject.url}#article",
        "mainEntityOfPage": subject.url,
        "url": subject.url,
        "headline": story.title,
        "description": subject.description,
        "inLanguage": LocaleCodes.code(story.locale_id),
        "datePublished": story.date.isoformat() if story.date else None,
        "dateModified": story.last_published_at.isoformat() if story.last_published_at else None,
        "dateline": " / ".join(str(place) for place in context["dateline"]),
        "contentLocation": [{"@type": "Place", "name": str(place)} for place in context["dateline"]],
        "image": [*lead_image(subject), subject.picture],
        "author": subject.publisher,
        "publisher": subject.publisher,
        "about": [
            *(
                {"@type": "Thing", "name": link.title, "url": subject.at(link.url)}
                for link in (*context["campaigns"], *context["projects"])
            ),
            *(thing(words) for words in (*context["topics"], *context["sdgs"])),
        ],
    }


def lead_image(subject: Subject) -> list[str]:
    """Return a list with the absolute URL of the widest JPEG rendition of the lead image (else one of another
    format); empty if there is no image, no rendition or no consent."""
    image = subject.page.lead_image
    if not drawable(image):
        return []
    found = renditions.sources(image)
    return [subject.at(found.get("jpeg", next(iter(found.values())))[-1].url)]


def thing(words: Words) -> dict[str, Any]:
    """Return the name of a topic or goal as a schema.org Thing, with the digits of its language."""
    return {"@type": "Thing", "name": numerals(words, words.code)}


def observance(subject: Subject) -> list[dict[str, Any]]:
    """Return a list with the Event on the day of an edition, or of a campaign's current edition; empty if there is
    no edition or the campaign has no day and month."""
    page, context = subject.page, subject.context
    is_edition = isinstance(page, EditionPage)
    campaign = context["campaign"] if is_edition else page
    edition: EditionPage | EditionCard | None = page if is_edition else context["current_edition"]
    if edition is None or not campaign.observance_day or not campaign.observance_month:
        return []
    day = observance_in(campaign, edition.year).isoformat()
    url = subject.url if is_edition else subject.at(edition.url)
    code = LocaleCodes.code(page.locale_id) if is_edition else edition.code
    return [
        {
            "@type": "Event",
            "@id": f"{url}#observance",
            "name": full_name(campaign.title, edition.title, code),
            "url": url,
            "description": edition.local_theme or edition.global_theme or subject.description,
            "startDate": day,
            "endDate": day,
            "eventStatus": "https://schema.org/EventScheduled",
            "location": {"@type": "Place", "name": gettext("Worldwide")},
            "image": [subject.picture],
            "inLanguage": code,
        }
    ]


def shown_cards(material: Material | None) -> list[Card]:
    """Return the cards of quotes, takeaways, key figures and commitments that the page shows, in its blocks or
    after them, each once; empty if the page has no material."""
    if material is None:
        return []
    found = []
    for kind in BY_NAME:
        found += [card for value in material.blocks.get(kind, []) for card in material.items(kind, value)]
        found += material.remaining.get(kind, []) if kind in material.unplaced else []
    return list({id(card): card for card in found}.values())
