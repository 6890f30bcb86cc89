"""The material of a page: all stories, quotes and the like that the page shows, fetched at once.

What the page shows comes from the table of lists, all kinds in one query (`campaigns.listings`). One more query
for each kind loads these rows, and the picked ones in all languages, of which the best is chosen in Python.
Neither the number of queries nor what they read depends on the number of stories or quotes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from campaigns import drawing
from campaigns.blocks import picks
from campaigns.cards import Card, Link
from campaigns.kinds import BY_NAME
from campaigns.listings.reading import Listed, Statement, first_listed, organisations, pieces, read, stories
from campaigns.listings.rows import SITE
from campaigns.models import NewsPage, Person
from campaigns.models.listing import PARTNERS, STORIES
from campaigns.models.material import MaterialSnippet
from campaigns.querysets import Period
from core.blocks import image_fields
from core.internals.wagtail_models import StreamValue
from core.languages.site_languages import active_code
from core.media.renditions import load_pictures
from core.models import SiteImage
from core.visibility import hidden_from

# How many cards are shown where no block sets a limit.
DEFAULT_LIMIT = 6


@dataclass(frozen=True)
class Scope:
    """What the material belongs to: a campaign, an edition (a campaign with a period), a story, or, with nothing
    set, the whole site.

    `campaign` and `story` are translation keys. `accent` is the colour of the stories' cards, `editions` are the
    cards of the block of past themes, `more_url` is the address of all stories.
    """

    campaign: UUID | None = None
    period: Period | None = None
    story: UUID | None = None
    accent: str = ""
    editions: tuple[Card, ...] = ()
    more_url: str = ""


class Material:
    """The material of one page, as its blocks and its template ask for it.

    `body` is the body of the page. `unplaced` are the names of the kinds that the page shows even if its body has
    no block for them. `images` are the page's own images, whose renditions are loaded together with all others.
    """

    def __init__(
        self,
        request: HttpRequest,
        body: StreamValue,
        scope: Scope,
        unplaced: Iterable[str] = (),
        images: Iterable[SiteImage | None] = (),
    ) -> None:
        self.request = request
        self.scope = scope
        self.code = active_code()
        self.blocks: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        images = list(images)
        for block in body:
            if kind := getattr(block.block, "kind", ""):
                self.blocks[kind].append(block.value)
            images += [block.value.get(name) for name in image_fields(block.block)]
        self.unplaced = [kind for kind in unplaced if kind not in self.blocks]
        self._names = [kind for kind in dict.fromkeys([*self.blocks, *self.unplaced]) if kind != "editions"]
        self._cards: dict[str, Mapping[UUID, Card]] = {}
        load_pictures([*images, *self._images()])

    def _images(self) -> list[SiteImage | None]:
        cards = [card for kind in self._names for card in self.cards(kind).values()]
        return [getattr(card, "image", None) for card in cards]

    def items(self, kind: str, value: Mapping[str, Any]) -> list[Card]:
        """Return the cards of a block with this value: the picked ones in the editor's order, then, unless it has
        `only_picked`, the newest others; at most its `limit` (DEFAULT_LIMIT if not set). For the kind "editions"
        return all editions."""
        if kind == "editions":
            return list(self.scope.editions)
        cards = self.cards(kind)
        picked = list(dict.fromkeys(piece.translation_key for piece in picks(value)))
        rest = [] if value.get("only_picked") else [key for key in self._filling(kind) if key not in picked]
        limit = value.get("limit") or DEFAULT_LIMIT
        return [cards[key] for key in [*picked, *rest] if key in cards][:limit]

    @property
    def more_url(self) -> str:
        return self.scope.more_url

    @cached_property
    def remaining(self) -> dict[str, list[Card]]:
        """The cards of the kinds in `unplaced` for which the body has no block, at most DEFAULT_LIMIT of each, by
        the name of the kind; without kinds that have no cards."""
        found = {kind: self.items(kind, {}) for kind in self.unplaced}
        return {kind: cards for kind, cards in found.items() if cards}

    def cards(self, name: str) -> Mapping[UUID, Card]:
        """Return the cards of one kind of material (a name of `BY_NAME`, "stories" or "partners") by translation
        key: the picked ones and the newest that fill the blocks. Empty if the page does not show the kind. They
        are made once."""
        if name not in self._cards:
            self._cards[name] = self._make_cards(name) if name in self._names else {}
        return self._cards[name]

    def _make_cards(self, name: str) -> Mapping[UUID, Card]:
        if name == STORIES:
            shown = {*self._filling(name), *self._picked(name)}
            rows = {key: row for key, row in self._stories_here.items() if key in shown}
            return drawing.story_cards(rows, self.request, self.code, accent=self.scope.accent)
        if name == PARTNERS:
            found = organisations(self._lists.get(name, []), self.code, self._picked(name))
            return drawing.partner_cards(found)
        rows_ = {key: row for key, row in self._pieces[name].items() if self._has_public_source(row)}
        return BY_NAME[name].cards(rows_, self._people, self._sources)

    @cached_property
    def _lists(self) -> dict[str, list[Listed]]:
        """The newest objects that belong to the page, by the name of the kind: as many as its blocks may need."""
        return read([self._list(name) for name in self._names])

    def _list(self, name: str) -> Statement | None:
        scope = self.scope.story or self.scope.campaign or SITE
        limits = [value.get("limit") or 0 for value in self.blocks.get(name, [])]
        count = max([DEFAULT_LIMIT, *limits]) + len(self._picked(name))
        return first_listed(count, name, scope, self.code, self._private, self.scope.period)

    def _filling(self, name: str) -> list[UUID]:
        """Return the keys that fill the blocks of a kind without being picked, newest first."""
        return [row.key for row in self._lists.get(name, [])]

    def _picked(self, name: str) -> set[UUID]:
        return {piece.translation_key for value in self.blocks.get(name, []) for piece in picks(value)}

    @cached_property
    def _pieces(self) -> dict[str, dict[UUID, MaterialSnippet]]:
        """The rows of the kinds of the registry that the page shows, by the name of the kind and the translation
        key."""
        return {
            name: pieces(kind, self._lists.get(name, []), self.code, self._picked(name))
            for name, kind in BY_NAME.items()
            if name in self._names
        }

    @cached_property
    def _source_keys(self) -> set[UUID]:
        """The translation keys of the source stories of the material."""
        return {row.source_key for rows in self._pieces.values() for row in rows.values()} - {None}

    @cached_property
    def _stories(self) -> dict[UUID, NewsPage]:
        """The public stories of the page and the source stories of its material, by translation key. The story
        whose page it is need not be asked for, unless pages are private."""
        sources = self._source_keys if self._private is not None else self._source_keys - {self.scope.story}
        return stories(self._lists.get(STORIES, []), self.code, self._private, self._picked(STORIES) | sources)

    @cached_property
    def _stories_here(self) -> dict[UUID, NewsPage]:
        """The stories that readers of the language see, each in the best language."""
        return {key: row for key, row in self._stories.items() if not row.is_hidden}

    def _has_public_source(self, row: MaterialSnippet) -> bool:
        key = row.source_key
        return key is None or key in self._stories or (key == self.scope.story and self._private is None)

    @cached_property
    def _people(self) -> dict[UUID, Person]:
        kinds = [name for name in self._pieces if BY_NAME[name].people_field]
        return drawing.people([row for name in kinds for row in self._pieces[name].values()], self.code)

    @cached_property
    def _sources(self) -> dict[UUID, Link]:
        """Links to the source stories of the material by translation key, without the story whose page it is."""
        shown = self._source_keys - {self.scope.story}
        rows = {key: row for key, row in self._stories_here.items() if key in shown}
        return {key: drawing.link(row, self.request) for key, row in rows.items()}

    @cached_property
    def _private(self) -> QuerySet[Any] | None:
        return hidden_from(self.request)
