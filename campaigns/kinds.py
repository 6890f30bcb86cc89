"""Registry of the kinds of material: quotes, takeaways, key figures and commitments.

Search, API, feeds, the translation board and the record of changes find the kinds here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model

from campaigns import drawing
from campaigns.cards import Card, Link
from campaigns.models import (
    Commitment,
    CommitmentCampaign,
    KeyFigure,
    KeyFigureCampaign,
    Quote,
    QuoteCampaign,
    Takeaway,
    TakeawayCampaign,
)
from campaigns.models.material import MaterialSnippet
from campaigns.models.ties import CampaignTie

Rows = Mapping[UUID, Any]
"""Rows of one kind's model by translation key. Each kind has its own model."""


@dataclass(frozen=True)
class Kind:
    """One kind of material.

    `name`: its name in `Material` and in the blocks that show it. `code`: its name on the translation board.
    `api_name`: the last part of its path in the API. `model`: a snippet with `campaign_ties` and a manager made of
    a `PieceQuerySet`, which decides to which campaigns a row belongs, in which order rows are shown, and which of
    them have consent. `ties`: the model of its ties to campaigns. `cards`: a function of rows, people and links to
    stories, each by translation key, that returns cards by the keys of the rows. `title_field`: the field that is
    shown as the title of a row. `api_fields`: the fields in the API, besides the person, the story and the
    campaigns.
    """

    name: str
    code: str
    api_name: str
    model: type[MaterialSnippet]
    ties: type[CampaignTie]
    cards: Callable[[Rows, Rows, Mapping[UUID, Link]], Mapping[UUID, Card]]
    title_field: str
    api_fields: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name of the kind in recorded work: that of the model's class."""
        return self.model.__name__

    @cached_property
    def story_field(self) -> str:
        """The name of the foreign key to the source story."""
        return self.model.objects.all().story_field

    @cached_property
    def people_field(self) -> str:
        """The name of the foreign key to the person who is shown with a row; empty where there is none."""
        return self.model.objects.all().people_field

    @cached_property
    def card_fields(self) -> list[str]:
        """The names of the fields of `model` that cards show: those in the API."""
        return [name for name in self.api_fields if name in {field.name for field in self.model._meta.fields}]

    @cached_property
    def tie_field(self) -> str:
        """The name of the foreign key of `ties` to a row of `model`."""
        return next(field.name for field in self.ties._meta.fields if field.related_model is self.model)


QUOTES = Kind(
    name="quotes",
    code="quote",
    api_name="quotes",
    model=Quote,
    ties=QuoteCampaign,
    cards=drawing.voice_cards,
    title_field="text",
    api_fields=("text", "original_language", "role", "date"),
)
TAKEAWAYS = Kind(
    name="takeaways",
    code="takeaway",
    api_name="takeaways",
    model=Takeaway,
    ties=TakeawayCampaign,
    cards=drawing.takeaway_cards,
    title_field="statement",
    api_fields=("statement", "detail"),
)
KEY_FIGURES = Kind(
    name="figures",
    code="figure",
    api_name="key-figures",
    model=KeyFigure,
    ties=KeyFigureCampaign,
    cards=drawing.figure_cards,
    title_field="label",
    api_fields=("value", "unit", "label", "year", "source", "source_url"),
)

COMMITMENTS = Kind(
    name="commitments",
    code="commitment",
    api_name="commitments",
    model=Commitment,
    ties=CommitmentCampaign,
    cards=drawing.commitment_cards,
    title_field="text",
    api_fields=("text", "who", "date", "url", "state", "state_date", "evidence_url"),
)

KINDS = (QUOTES, TAKEAWAYS, KEY_FIGURES, COMMITMENTS)
"""All kinds, in the order in which a page shows them."""
BY_NAME = {kind.name: kind for kind in KINDS}
BY_LABEL = {kind.label: kind for kind in KINDS}
BY_MODEL: dict[type[Model], Kind] = {kind.model: kind for kind in KINDS}
