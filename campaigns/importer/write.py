"""Storing of a parsed story as a draft page with its quotes, places and ties."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from django.db import transaction
from django.utils.html import escape
from wagtail.models import Locale

from campaigns.importer.draft import DraftPlace, DraftQuote, StoryDraft
from campaigns.importer.ledger import record
from campaigns.importer.proposals import proposed
from campaigns.importer.recognise import Known, Recognised
from campaigns.importer.text import Source
from campaigns.models import (
    GuessedQuote,
    ImportedQuote,
    ImportedStory,
    NewsCampaign,
    NewsIndexPage,
    NewsPage,
    NewsPartner,
    NewsPlace,
    NewsProject,
    NewsTopic,
    Place,
    Quote,
)
from core.addresses.siblings import free_slug
from core.addresses.slugs import transliterated_slug
from core.models import TranslatableSnippet

LONGEST_SLUG = 100

Snippet = TypeVar("Snippet", bound=TranslatableSnippet)


@transaction.atomic
def write_story(
    source: Source, draft: StoryDraft, found: Recognised, index: NewsIndexPage, entry: ImportedStory | None = None
) -> NewsPage:
    """Create the page of a story, as a draft, below `index`, or update the page of `entry` and replace its quotes,
    in one transaction; record the import and return the page. Raise ValidationError if a place, quote or page is
    not valid."""
    page = entry.page if entry else NewsPage(locale=index.locale, live=False)
    # A file whose page was deleted is not imported again.
    assert page is not None
    _fill(page, draft, found)
    if entry:
        _drop_quotes(page)
        page.save()
    else:
        page.slug = _slug(draft, page, index)
        index.add_child(instance=page)
    page.body = list(body_blocks(draft, page))
    page.save()
    page.save_revision(log_action="wagtail.edit" if entry else "wagtail.create")
    record(source, page, entry)
    return page


def _fill(page: NewsPage, draft: StoryDraft, found: Recognised) -> None:
    page.title = page.draft_title = draft.title
    page.dateline_date = draft.date
    page.date = draft.date
    page.summary = draft.summary
    page.places.set([NewsPlace(place=place) for place in _places(draft.places, page.locale)])
    page.campaign_ties.set([NewsCampaign(campaign_id=pk) for pk in _pks(found.campaigns)])
    page.project_ties.set([NewsProject(project_id=pk) for pk in _pks(found.projects)])
    page.partner_ties.set([NewsPartner(organisation_id=pk) for pk in _pks(found.partners)])
    page.topic_ties.set([NewsTopic(topic_id=pk) for pk in _pks(found.topics)])


def _slug(draft: StoryDraft, page: NewsPage, index: NewsIndexPage) -> str:
    """Return a slug that no other page below `index` has in any language, made of the title in Latin letters, else
    of the date."""
    stem = transliterated_slug(draft.title, LONGEST_SLUG)
    if not stem:
        stem = f"story-{draft.date.isoformat()}" if draft.date else "story"
    return free_slug(stem, page, index)


def _pks(rows: Iterable[Known]) -> list[int]:
    return [row.pk for row in rows]


def _drop_quotes(page: NewsPage) -> None:
    for quote in Quote.objects.filter(source=page):
        quote.delete()


def _places(places: Iterable[DraftPlace], locale: Locale) -> Iterator[Place]:
    """Yield the places of the database with the same name, and the same or no country, preferably in this
    language; store new ones in draft for those that it does not have."""
    known = list(Place.objects.filter(name__in=[place.name for place in places]).select_related("locale"))
    for place in places:
        same = [
            row
            for row in known
            if row.name == place.name and (row.country == place.country or not (row.country and place.country))
        ]
        yield _preferred(same, locale) or _make(Place(name=place.name, country=place.country[:80]), locale)


def _preferred(rows: Iterable[Snippet], locale: Locale) -> Snippet | None:
    """Return the row in this language if there is one, else another; of several a live one, then the oldest. None
    if there are no rows."""
    return min(rows, key=lambda row: (row.locale_id != locale.pk, not row.live, row.pk), default=None)


def _make(snippet: Snippet, locale: Locale) -> Snippet:
    """Store a new snippet in the given language as a draft with a revision, and return it. Raise ValidationError
    if it is not valid."""
    snippet.locale = locale
    snippet.live = False
    snippet.full_clean()
    snippet.save()
    snippet.save_revision(log_action="wagtail.create")
    return snippet


def _write_quote(quote: DraftQuote, page: NewsPage, draft: StoryDraft) -> Quote:
    """Store a quote in draft and the import's proposal about who speaks, and return the quote. Its fields for the
    speaker and who speaks stay empty: an editor decides about them."""
    row = Quote(text=quote.text, role=quote.speaker.role[:200], date=draft.date, source=page)
    _make(row, page.locale)
    GuessedQuote.objects.create(translation_key=row.translation_key)
    proposal = proposed(quote.speaker)
    ImportedQuote.objects.create(
        quote=row, name=proposal.name[:240], proposed=proposal.who_speaks, words=proposal.words[:200]
    )
    return row


def body_blocks(draft: StoryDraft, page: NewsPage) -> Iterator[tuple[str, object]]:
    """Store the quotes of the story, and yield the blocks of its body, names of child blocks with values: rich
    text, and for each quote a block that shows only this quote."""
    for is_text, parts in groupby(draft.body, key=lambda part: isinstance(part, str)):
        if is_text:
            yield "rich_text", as_html(part for part in parts if isinstance(part, str))
            continue
        for quote in parts:
            if isinstance(quote, DraftQuote):
                row = _write_quote(quote, page, draft)
                yield "voices", {"heading": "", "limit": 1, "only_picked": True, "picks": [row]}


def as_html(paragraphs: Iterable[str]) -> str:
    """Return paragraphs as escaped HTML. Those that start with "- " become lists."""
    parts = []
    for is_list, group in groupby(paragraphs, key=lambda paragraph: paragraph.startswith("- ")):
        if is_list:
            items = "".join(f"<li>{escape(item[2:])}</li>" for item in group)
            parts.append(f"<ul>{items}</ul>")
        else:
            parts += [f"<p>{escape(paragraph)}</p>" for paragraph in group]
    return "".join(parts)
