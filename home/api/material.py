"""The records of material: one list for each kind of the registry."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from campaigns.drawing import people, speaker_words
from campaigns.kinds import KINDS, Kind
from campaigns.models import Person
from campaigns.querysets import original_keys
from core.languages.site_languages import LocaleCodes
from core.typed import Translatable
from core.visibility import best_by_key, live_pieces
from home.api.answers import uuid_of
from home.api.records import Records


class MaterialRecords(Records):
    """Of one kind of material, as `kind` describes it."""

    kind: Kind
    filters = ("campaign",)

    def public(self) -> QuerySet[Any]:
        rows = live_pieces(self.kind.model.objects.order_by()).without_hidden_story(self.stories)
        return rows.consented().with_keys()

    def by_campaign(self, rows: QuerySet[Any], slug: str) -> QuerySet[Any]:
        key = self.campaign_key(slug)
        return rows.belonging_to(key, self.stories.tied_to(key)) if key else rows.none()

    def by_speaker(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        known = live_pieces(Person.objects.filter(translation_key=uuid_of(value)))
        keys = known.order_by().values("translation_key")
        return rows.filter(**{f"{self.kind.people_field}__translation_key__in": keys})

    def prepare(self, found: dict[UUID, Translatable]) -> None:
        story_keys = {row.source_key for row in found.values()} - {None}
        rows = self.stories.filter(translation_key__in=story_keys)
        self.sources = best_by_key(rows, self.code) if story_keys else {}
        originals = original_keys(self.kind.model, Q(translation_key__in=list(found)), "pk")
        field = self.kind.tie_field
        ties = self.kind.ties.objects.filter(**{f"{field}__in": originals}).order_by("sort_order", "pk")
        self.own = defaultdict(list)
        for piece, campaign in ties.values_list(f"{field}__translation_key", "campaign__translation_key"):
            self.own[piece].append(campaign)
        self.through = self.campaign_ties(story_keys)
        keys = [key for of_one in [*self.own.values(), *self.through.values()] for key in of_one]
        self.campaigns = self.campaigns_by_key(keys)
        self.people = people(found.values(), self.code) if self.kind.people_field else {}

    def record(self, row: Translatable, detail: bool) -> dict[str, Any]:
        own = {name: getattr(row, name) for name in self.kind.api_fields}
        if self.kind.people_field:
            own["speaker"] = self.speaker(row)
        return {**super().record(row, detail), **own, **self.ties(row)}

    def speaker(self, row: Translatable) -> dict[str, Any] | None:
        person = self.people.get(row.speaker_key)
        if person is None:
            return None
        return {
            "id": str(person.translation_key),
            "locale": LocaleCodes.code(person.locale_id),
            "name": speaker_words(person).text,
        }

    def ties(self, row: Translatable) -> dict[str, Any]:
        keys = dict.fromkeys([*self.own[row.translation_key], *self.through.get(row.source_key, [])])
        return {
            "story": self.link(self.sources.get(row.source_key)),
            "campaigns": [self.link(self.campaigns[key]) for key in keys if key in self.campaigns],
        }


def records_of(kind: Kind) -> type[MaterialRecords]:
    """Return the view of one kind of material."""
    filters = ("campaign", "speaker") if kind.people_field else ("campaign",)
    values = {"kind": kind, "name": kind.api_name, "filters": filters}
    return type(f"{kind.label}Records", (MaterialRecords,), values)


MATERIAL = [records_of(kind) for kind in KINDS]
