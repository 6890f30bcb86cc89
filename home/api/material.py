"""API views of material: one list for each kind in `campaigns.kinds`."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db.models import Q, QuerySet

from campaigns.drawing import people, speaker_words
from campaigns.kinds import KINDS, Kind
from campaigns.models import NewsPage, Person
from campaigns.models.material import MaterialSnippet
from campaigns.querysets import original_keys
from core.languages.site_languages import LocaleCodes
from core.visibility import best_by_key, live_pieces
from home.api.answers import uuid_of
from home.api.records import Records

if TYPE_CHECKING:
    from campaigns.querysets import PieceQuerySet


class MaterialRecords(Records[MaterialSnippet]):
    """View of one kind of material, which `kind` describes."""

    kind: Kind
    filters = ("campaign",)

    def public(self) -> QuerySet[Any]:
        manager = cast("PieceQuerySet", self.kind.model._default_manager)  # each kind has such a manager
        rows = live_pieces(manager.order_by()).without_hidden_story(self.stories)
        return rows.consented().with_keys()

    def by_campaign(self, rows: "PieceQuerySet", slug: str) -> QuerySet[Any]:
        """Return the rows that are tied to the campaign with this slug, or whose public source story is; none if
        there is no such public campaign."""
        key = self.campaign_key(slug)
        return rows.belonging_to(key, self.stories.tied_to(key)) if key else rows.none()

    def by_speaker(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return the rows with the person who has this translation key; none if the person is not live. Raise
        BadRequestError if the value is not a UUID."""
        known = live_pieces(Person.objects.filter(translation_key=uuid_of(value)))
        keys = known.order_by().values("translation_key")
        return rows.filter(**{f"{self.kind.people_field}__translation_key__in": keys})

    def prepare(self, found: dict[UUID, MaterialSnippet]) -> None:
        """Fetch the source stories, the campaigns and the persons of the rows, for `record`."""
        story_keys = {row.source_key for row in found.values()} - {None}
        rows = self.stories.filter(translation_key__in=story_keys)
        self.sources: dict[UUID, NewsPage] = best_by_key(rows, self.code) if story_keys else {}
        originals = original_keys(self.kind.model, Q(translation_key__in=list(found)), "pk")
        field = self.kind.tie_field
        ties = self.kind.ties._default_manager.filter(**{f"{field}__in": originals}).order_by("sort_order", "pk")
        # Translation keys of campaigns: `own` by the key of the row, `through` by the key of its source story.
        self.own: dict[UUID, list[UUID]] = defaultdict(list)
        for piece, campaign in ties.values_list(f"{field}__translation_key", "campaign__translation_key"):
            self.own[piece].append(campaign)
        self.through = self.campaign_ties(story_keys)
        keys = [key for of_one in [*self.own.values(), *self.through.values()] for key in of_one]
        self.campaigns = self.campaigns_by_key(keys)
        self.people = people(found.values(), self.code) if self.kind.people_field else {}

    def record(self, row: MaterialSnippet, detail: bool) -> dict[str, Any]:
        own = {name: getattr(row, name) for name in self.kind.api_fields}
        if self.kind.people_field:
            own["speaker"] = self.speaker(row)
        return {**super().record(row, detail), **own, **self.ties(row)}

    def speaker(self, row: MaterialSnippet) -> dict[str, Any] | None:
        """Return the id, locale and name of the person who is shown with the row, or None if there is no live
        one."""
        person = self.people.get(row.speaker_key)
        if person is None:
            return None
        return {
            "id": str(person.translation_key),
            "locale": LocaleCodes.code(person.locale_id),
            "name": speaker_words(person).text,
        }

    def ties(self, row: MaterialSnippet) -> dict[str, Any]:
        """Return the links to the public source story of the row, None if there is none, and to its public
        campaigns: its own and those of the story."""
        keys = dict.fromkeys([*self.own[row.translation_key], *self.through.get(row.source_key, [])])
        return {
            "story": self.link(self.sources.get(row.source_key)),
            "campaigns": [self.link(self.campaigns[key]) for key in keys if key in self.campaigns],
        }


def records_of(kind: Kind) -> type[MaterialRecords]:
    """Return the view class of one kind of material, with the filter "speaker" if the kind has a person."""
    filters = ("campaign", "speaker") if kind.people_field else ("campaign",)
    values = {"kind": kind, "name": kind.api_name, "filters": filters}
    return type(f"{kind.label}Records", (MaterialRecords,), values)


MATERIAL = [records_of(kind) for kind in KINDS]
