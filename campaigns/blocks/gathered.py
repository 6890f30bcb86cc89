"""Blocks that show the material of a page. They run no queries: the variable `material` of the template context
(`campaigns.material.Material`) has fetched everything and returns the cards of each block."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from campaigns.cards import (
    Card,
    CommitmentCard,
    EditionCard,
    FigureCard,
    PartnerCard,
    StoryCard,
    TakeawayCard,
    VoiceCard,
)
from core.blocks import SectionBlock
from core.languages.site_languages import Words


class SampleMaterial:
    """A stand-in for `Material` with sample cards, for the preview of a block in the block picker."""

    more_url = "#"

    def __init__(self, cards: list[Card]) -> None:
        self._cards = cards

    def items(self, kind: str, value: Mapping[str, Any]) -> list[Card]:
        return self._cards


class ShowsMaterial(SectionBlock):
    """Base of blocks that show the cards of one kind of material, named by `kind`."""

    kind = ""

    @staticmethod
    def samples() -> list[Card]:
        """Return sample cards for the block picker. They are made for each preview, because a card has the
        language that is active when it is made."""
        raise NotImplementedError

    def get_context(
        self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        material = context.get("material")
        context["items"] = material.items(self.kind, value) if material else []
        return context

    def get_preview_context(
        self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return {**super().get_preview_context(value, parent_context), "material": SampleMaterial(self.samples())}


class GatheredBlock(ShowsMaterial):
    """Base of blocks that show up to `limit` cards: first the `picks`, then, unless `only_picked` is set, the
    newest that belong to the page."""

    limit = blocks.IntegerBlock(
        label=_("Number of items"), default=6, min_value=1, max_value=24, help_text=_("Including selected items.")
    )
    only_picked = blocks.BooleanBlock(
        label=_("Selected items only"),
        required=False,
        help_text=_("If unchecked, items of the campaign are added automatically."),
    )


class LatestNewsBlock(GatheredBlock):
    """A block of stories, with a link to all of them."""

    kind = "stories"
    picks = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="campaigns.NewsPage"), label=_("Selected stories"), default=[]
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Latest stories")
        description = _("Stories of this campaign, newest first, after the selected stories")
        template = "blocks/latest_news.html"
        preview_value = {"heading": _("Latest stories"), "limit": 3, "picks": [], "only_picked": False}

    @staticmethod
    def samples() -> list[Card]:
        return [
            StoryCard(
                title=gettext("Forty-three young leaders spend five days in the mountains"),
                url="#",
                summary=gettext("They came to learn how traffickers recruit, and went home to tell others."),
                dateline=(Words(text=gettext("Romit, Tajikistan")),),
                seed="camp",
            ),
            StoryCard(
                title=gettext("A lesson that fits between two others"),
                url="#",
                summary=gettext("Teachers try out a lesson of 45 minutes on safe migration."),
                dateline=(Words(text=gettext("Khujand, Tajikistan")),),
                seed="lesson",
            ),
        ]

    def get_context(
        self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        material = context.get("material")
        return {**context, "more_url": material.more_url if material else ""}


class VoicesBlock(GatheredBlock):
    """A block of quotes."""

    kind = "quotes"
    picks = blocks.ListBlock(SnippetChooserBlock("campaigns.Quote"), label=_("Selected quotes"), default=[])

    class Meta:
        icon = "openquote"
        label = _("Voices")
        description = _("Quotes from the campaign and its stories")
        template = "blocks/voices.html"
        preview_value = {"heading": _("Voices"), "limit": 3, "picks": [], "only_picked": False}

    @staticmethod
    def samples() -> list[Card]:
        return [
            VoiceCard(
                text=gettext("Now I know which questions to ask before I sign."),
                role=gettext("camp participant, Romit"),
            ),
        ]


class TakeawaysBlock(GatheredBlock):
    kind = "takeaways"
    picks = blocks.ListBlock(SnippetChooserBlock("campaigns.Takeaway"), label=_("Selected takeaways"), default=[])

    class Meta:
        icon = "list-ol"
        label = _("Takeaways")
        description = _("Takeaways as a numbered list")
        template = "blocks/takeaways.html"
        preview_value = {"heading": _("What to remember"), "limit": 3, "picks": [], "only_picked": False}

    @staticmethod
    def samples() -> list[Card]:
        return [
            TakeawayCard(statement=gettext("Whoever keeps your passport breaks the law.")),
            TakeawayCard(statement=gettext("A real employer never asks you to pay for the job.")),
        ]


class KeyFiguresBlock(GatheredBlock):
    kind = "figures"
    picks = blocks.ListBlock(
        SnippetChooserBlock("campaigns.KeyFigure"), label=_("Selected key figures"), default=[]
    )

    class Meta:
        icon = "order"
        label = _("Key figures")
        description = _("Large numbers with their source")
        template = "blocks/key_figures.html"
        preview_value = {"heading": _("In figures"), "limit": 3, "picks": [], "only_picked": False}

    @staticmethod
    def samples() -> list[Card]:
        return [
            FigureCard(
                value=gettext("1 in 3"),
                label=gettext("detected victims is a child"),
                year=2024,
                source=gettext("Sample source"),
            )
        ]


class CommitmentsBlock(GatheredBlock):
    kind = "commitments"
    picks = blocks.ListBlock(
        SnippetChooserBlock("campaigns.Commitment"), label=_("Selected commitments"), default=[]
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Commitments")
        description = _("Commitments of governments and organisations, with their states")
        template = "blocks/commitments.html"
        preview_value = {"heading": _("Commitments"), "limit": 3, "picks": [], "only_picked": False}

    @staticmethod
    def samples() -> list[Card]:
        return [
            CommitmentCard(
                text=gettext("A helpline that answers at night, too"),
                who=Words(text=gettext("Youth organisation")),
                state="planned",
                state_label=gettext("Planned"),
                evidence_url="#",
            )
        ]


class PartnersBlock(GatheredBlock):
    kind = "partners"
    picks = blocks.ListBlock(
        SnippetChooserBlock("campaigns.Organisation"), label=_("Selected organisations"), default=[]
    )

    class Meta:
        icon = "group"
        label = _("Partners")
        description = _("Organisations in the campaign's stories, by kind")
        template = "blocks/partners.html"
        preview_value = {"heading": _("Partners"), "limit": 12, "picks": [], "only_picked": False}

    @staticmethod
    def samples() -> list[Card]:
        return [
            PartnerCard(
                name=gettext("Youth organisation"), kind="civil_society", kind_label=gettext("Civil society")
            )
        ]


class PastThemesBlock(ShowsMaterial):
    """A block of a campaign's editions with their themes."""

    kind = "editions"

    class Meta:
        icon = "history"
        label = _("Past themes")
        description = _("Timeline of the themes of all years")
        template = "blocks/past_themes.html"
        preview_value = {"heading": _("The themes of the years")}

    @staticmethod
    def samples() -> list[Card]:
        return [
            EditionCard(year=2024, global_theme=gettext("A theme of the year"), url="#", is_current=True),
            EditionCard(year=2023, global_theme=gettext("Theme of the year before"), url="#"),
        ]


def picks(value: Mapping[str, Any]) -> list[Any]:
    """Return the picked objects of a block's value, without those that have been deleted since (None); empty for a
    block without picks."""
    return [piece for piece in value.get("picks", []) if piece is not None]
