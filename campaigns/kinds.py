"""The registry of material that is written once, comes from a story or is tied to campaigns, and is shown there.

Search, API, feeds, the translators' board and the record of changes ask here which kinds there are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
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
from core.typed import Translatable

Rows = Mapping[UUID, Model]


@dataclass(frozen=True)
class Kind:
    """One kind of material.

    `name`: of its part of `Material`, and of the blocks that show it.
    `code`: of its rows on the translators' board.
    `api_name`: the last part of its address in the API.
    `model`: has `translation_key`, `campaign_ties`, and a manager of a `PieceQuerySet`, which says how a row
    belongs to a campaign, in which order they are shown, and what readers may see.
    `ties`: the model whose rows tie it to campaigns.
    `cards`: makes cards of rows by their keys, given the people and the stories (as links) that they name.
    `title_field`: what a row is called in lists.
    `api_fields`: what the API says of a row, beside its person, its story and its campaigns.
    """

    name: str
    code: str
    api_name: str
    model: type[Translatable]
    ties: type[Translatable]
    cards: Callable[[Rows, Rows, Mapping[UUID, Link]], Mapping[UUID, Card]]
    title_field: str
    api_fields: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name under which recorded work keeps it."""
        return self.model.__name__

    @cached_property
    def story_field(self) -> str:
        """The field that names the story that a row comes from."""
        return self.model.objects.all().story_field

    @cached_property
    def people_field(self) -> str:
        """The field that names the person who is shown with a row; empty where there is none."""
        return self.model.objects.all().people_field

    @cached_property
    def tie_field(self) -> str:
        """The field of `ties` that names the tied row."""
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
"""In the order in which a page shows them."""
BY_NAME = {kind.name: kind for kind in KINDS}
BY_LABEL = {kind.label: kind for kind in KINDS}
BY_MODEL = {kind.model: kind for kind in KINDS}
