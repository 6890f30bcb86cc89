"""The full text of many stories for a feed, in a number of queries that does not depend on the number of stories:
their bodies are read as one stream value, and their material is fetched together."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from campaigns.blocks import picks
from campaigns.cards import Card, CommitmentCard, TakeawayCard, VoiceCard
from campaigns.feeds.markup import standalone
from campaigns.kinds import BY_NAME
from campaigns.listings.reading import Statement, listed, statement_of
from campaigns.material import DEFAULT_LIMIT, Material, Scope
from campaigns.models import NewsPage
from core.http.conditional import changed_at, latest
from core.http.origin import absolute
from core.internals.wagtail_models import StreamValue
from core.languages.site_languages import language
from core.links import Links
from core.stamps import tags

LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class StoryTexts(Material):
    """The material of several stories, and the HTML of each."""

    def __init__(self, request: HttpRequest, stories: list[NewsPage]) -> None:
        self._keys = [story.translation_key for story in stories]
        raw: list[Any] = []
        self._places: dict[int, range] = {}
        for story in stories:
            own = list(story.body.raw_data)
            self._places[story.pk] = range(len(raw), len(raw) + len(own))
            raw += own
        self.body = StreamValue(NewsPage.body.field.stream_block, raw, is_lazy=True)
        images = [story.lead_image for story in stories]
        super().__init__(request, self.body, Scope(), unplaced=BY_NAME, images=images)
        self.links = Links(NewsPage.body.field.extract_references(self.body), request)

    def html(self, story: NewsPage) -> str:
        """Return the HTML of the story with absolute URLs, without scripts and styles. The story is one of those
        that the object was made with, in the active language."""
        blocks = [self.body[place] for place in self._places[story.pk]]
        context = {
            "page": story,
            "language": language(self.code),
            "blocks": blocks,
            "links": self.links,
            "material": StoryPart(self, story.translation_key, blocks),
            "request": self.request,
        }
        base = absolute(self.request, story.get_url(self.request))
        return standalone(render_to_string("feeds/story.html", context), base)

    def updated(self, story: NewsPage) -> datetime.datetime:
        """Return when the story, its material or somebody who speaks in it last changed, or consent ended for
        it."""
        found = {tags.row(story), tags.body(story)}
        found.add(tags.listed(story.translation_key, story.locale_id))
        for rows in self._pieces.values():
            for row in rows.values():
                if row.source_key == story.translation_key:
                    found.add(tags.row(row))
                    speaker = getattr(row, "speaker_key", None)
                    if speaker in self._people:
                        found.add(tags.row(self._people[speaker]))
        return latest(story.last_published_at, story.first_published_at, changed_at(found)) or LONG_AGO

    def _list(self, name: str) -> Statement | None:
        return statement_of(listed(name, self._keys, self.code, self._private))

    def items_of(self, story: UUID, kind: str, value: Mapping[str, Any]) -> list[Card]:
        """Return the cards of a block of the story, at most its `limit` (DEFAULT_LIMIT if not set): the picked
        ones, then, unless `only_picked`, those that come from the story. Cards from the story have no link to
        their source."""
        cards = self.cards(kind)
        sources = {key: row.source_key for key, row in self._pieces[kind].items()}
        chosen = list(dict.fromkeys(piece.translation_key for piece in picks(value)))
        own = [] if value.get("only_picked") else [key for key in self._filling(kind) if sources.get(key) == story]
        keys = dict.fromkeys([*chosen, *own])
        found = [(key, cards[key]) for key in keys if key in cards][: value.get("limit") or DEFAULT_LIMIT]
        return [without_source(card) if sources[key] == story else card for key, card in found]


def without_source(card: Card) -> Card:
    """Return the card without the link to its source story; other kinds of cards and those without a link as they
    are."""
    if isinstance(card, VoiceCard | TakeawayCard | CommitmentCard) and card.source:
        return replace(card, source=None)
    return card


@dataclass(frozen=True)
class StoryPart:
    """The material of one story, with the methods of `Material` that its blocks and template use."""

    texts: StoryTexts
    story: UUID
    blocks: list[Any]
    more_url: str = ""

    def items(self, kind: str, value: Mapping[str, Any]) -> list[Card]:
        return self.texts.items_of(self.story, kind, value)

    @property
    def remaining(self) -> dict[str, list[Card]]:
        """The cards of the kinds of material for which the story's body has no block, at most DEFAULT_LIMIT of
        each, by the name of the kind; without kinds that have no cards."""
        placed = {getattr(block.block, "kind", "") for block in self.blocks}
        found = {kind: self.items(kind, {}) for kind in BY_NAME if kind not in placed}
        return {kind: cards for kind, cards in found.items() if cards}
