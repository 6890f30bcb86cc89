"""The material of a page: all stories, quotes and the like that the page shows, fetched at once.

The number of queries does not depend on the number of stories, quotes or languages. One query for each kind
fetches the newest translation keys that belong to the page (a subquery) and the picked ones, in all languages; the
best language of each is chosen in Python.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest

from campaigns import drawing
from campaigns.blocks import picks
from campaigns.cards import Card, Link
from campaigns.kinds import BY_NAME, KINDS
from campaigns.models import NewsPage, Organisation, Person
from campaigns.models.material import MaterialSnippet
from campaigns.querysets import (
    NewestQuerySet,
    Period,
    PieceQuerySet,
    StoryQuerySet,
    newest_keys,
)
from core.blocks import image_fields
from core.internals.wagtail_models import StreamValue
from core.languages.site_languages import active_code, best
from core.media.renditions import load_pictures
from core.models import SiteImage
from core.visibility import for_reader, live_pieces, private_keys, public_pages

Rows = TypeVar("Rows", bound=QuerySet[Any])

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
        self._filling: dict[str, list[UUID]] = {}
        self._cards: dict[str, Mapping[UUID, Card]] = {}
        load_pictures([*images, *self._images()])

    def _images(self) -> list[SiteImage | None]:
        kinds = [*self.blocks, *self.unplaced]
        cards = [card for kind in kinds if kind != "editions" for card in self.cards(kind).values()]
        return [getattr(card, "image", None) for card in cards]

    def items(self, kind: str, value: Mapping[str, Any]) -> list[Card]:
        """Return the cards of a block with this value: the picked ones in the editor's order, then, unless it has
        `only_picked`, the newest others; at most its `limit` (DEFAULT_LIMIT if not set). For the kind "editions"
        return all editions."""
        if kind == "editions":
            return list(self.scope.editions)
        cards = self.cards(kind)
        picked = list(dict.fromkeys(piece.translation_key for piece in picks(value)))
        rest = [] if value.get("only_picked") else [key for key in self._filling[kind] if key not in picked]
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
        key, newest first: the picked ones, the newest that fill the blocks, and as stories the sources of the
        material. Empty if the page does not show the kind. They are made once."""
        if name not in self._cards:
            self._cards[name] = self._make_cards(name)
        return self._cards[name]

    def _make_cards(self, name: str) -> Mapping[UUID, Card]:
        if name == "stories":
            return drawing.story_cards(self._story_rows, self.request, self.code, accent=self.scope.accent)
        if name == "partners":
            shown = self._live(Organisation.objects.all())
            return drawing.partner_cards(self._gather(name, shown, shown.partners_of(self._own_stories)))
        kind = BY_NAME[name]
        return kind.cards(self._rows[name], self._people, self._sources)

    @cached_property
    def _rows(self) -> dict[str, dict[UUID, MaterialSnippet]]:
        """The rows of the kinds of the registry, by the name of the kind and the translation key."""
        found = {}
        for kind in KINDS:
            shown = self._shown(kind.model.objects.consented()).with_keys()
            found[kind.name] = self._gather(kind.name, shown, self._belonging(shown))
        return found

    @cached_property
    def _story_rows(self) -> dict[UUID, NewsPage]:
        """The public stories of the page and the source stories of its material, which then need no query of their
        own, by translation key."""
        stories = for_reader(self._all_public_stories, self.code)
        shown = stories.select_related("lead_image").with_original_date()
        return self._gather("stories", shown, for_reader(self._own_stories, self.code), self._source_keys)

    @cached_property
    def _source_keys(self) -> set[UUID]:
        """The translation keys of the source stories of the material, without the story whose page it is."""
        rows = [row for of_kind in self._rows.values() for row in of_kind.values()]
        return {row.source_key for row in rows} - {None, self.scope.story}

    @cached_property
    def _people(self) -> dict[UUID, Person]:
        rows = [row for kind in KINDS if kind.people_field for row in self._rows[kind.name].values()]
        return drawing.people(rows, self.code)

    @cached_property
    def _sources(self) -> dict[UUID, Link]:
        """Links to the source stories of the material by translation key, without the story whose page it is."""
        keys = self._source_keys
        if "stories" in (*self.blocks, *self.unplaced):
            rows = {key: self._story_rows[key] for key in keys if key in self._story_rows}
            return {key: drawing.link(row, self.request) for key, row in rows.items()}
        stories = self._all_public_stories.filter(translation_key__in=keys)
        return drawing.links(stories, self.request, self.code) if keys else {}

    @cached_property
    def _all_public_stories(self) -> StoryQuerySet:
        return public_pages(NewsPage.objects.order_by(), self._private)

    @cached_property
    def _private(self) -> QuerySet[Any]:
        return private_keys(self.request)

    @cached_property
    def _own_stories(self) -> StoryQuerySet:
        scope, stories = self.scope, self._all_public_stories
        if scope.story:
            return NewsPage.objects.order_by().filter(translation_key=scope.story)
        return (stories.tied_to(scope.campaign) if scope.campaign else stories).in_period(scope.period)

    def _live(self, pieces: Rows) -> Rows:
        return for_reader(live_pieces(pieces), self.code)

    def _shown(self, pieces: PieceQuerySet) -> PieceQuerySet:
        return self._live(pieces).without_hidden_story(self._all_public_stories)

    def _belonging(self, pieces: PieceQuerySet) -> PieceQuerySet:
        scope = self.scope
        if scope.story:
            return pieces.of_stories(self._own_stories)
        if scope.campaign:
            return pieces.belonging_to(scope.campaign, self._own_stories, scope.period)
        return pieces

    def _gather(
        self, kind: str, shown: NewestQuerySet, filling: NewestQuerySet, others: Collection[UUID] = ()
    ) -> dict[UUID, Any]:
        """Return by translation key the row in the best language, newest first: of `shown`, the newest of
        `filling`, the picked ones, and those with the keys `others`. Return nothing if the page does not show the
        kind. Store in `_filling` the keys that fill a block without being picked."""
        values = self.blocks.get(kind, [])
        if not values and kind not in self.unplaced:
            self._filling[kind] = []
            return {}
        picked = {piece.translation_key for value in values for piece in picks(value)}
        count = max([DEFAULT_LIMIT, *(value.get("limit") or 0 for value in values)]) + len(picked)
        newest = newest_keys(filling, count)
        named = picked | set(others)
        rows = shown.filter(Q(translation_key__in=newest) | Q(translation_key__in=named)).annotate(
            newness=shown.newness(),
            fills=Case(When(translation_key__in=newest, then=Value(True)), default=Value(False)),
        )
        languages: dict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            languages[row.translation_key].append(row)
        ordered = sorted(languages.items(), key=lambda item: newest_first(item[1]), reverse=True)
        self._filling[kind] = [key for key, of_key in ordered if any(row.fills for row in of_key)]
        return {key: best(of_key, self.code) for key, of_key in ordered}


def newest_first(rows: list[Any]) -> tuple[Any, ...]:
    """Return the sort key of an object's rows by the highest annotation `newness`, then by primary key; sort in
    reverse, and objects without `newness` come last."""
    known = [row.newness for row in rows if row.newness is not None]
    return (bool(known), max(known, default=None) if known else 0, max(row.pk for row in rows))
