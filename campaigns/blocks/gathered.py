"""Blocks that show what is written elsewhere. They never query: `material` in the page's context has
gathered it all, and hands each block its part, picked pieces first."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks import SectionBlock

from . import samples


class GatheredBlock(SectionBlock):
    """`kind` names the part of the material; `picks` are shown first, then the campaign's own up to
    `limit`, unless the editor wants the picked ones alone."""

    kind = ""

    limit = blocks.IntegerBlock(
        label=_("How many"), default=6, min_value=1, max_value=24, help_text=_("Picked ones count, too.")
    )
    only_picked = blocks.BooleanBlock(
        label=_("Only what is picked"),
        required=False,
        help_text=_("Otherwise the block fills itself from the campaign."),
    )

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        material = context.get("material")
        context["items"] = material.items(self.kind, value) if material else []
        return context

    def get_preview_context(self, value, parent_context=None) -> dict:
        return {**super().get_preview_context(value, parent_context), "material": samples.SampleMaterial()}


class LatestNewsBlock(GatheredBlock):
    kind = "stories"
    picks = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="campaigns.NewsPage"), label=_("Picked stories"), default=[]
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Latest news")
        description = _("Stories of this campaign, the newest first; picked ones before them")
        template = "blocks/latest_news.html"
        preview_value = {"heading": _("Latest news"), "limit": 3, "picks": [], "only_picked": False}

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        material = context.get("material")
        return {**context, "more_url": material.more_url if material else ""}


class VoicesBlock(GatheredBlock):
    kind = "quotes"
    picks = blocks.ListBlock(SnippetChooserBlock("campaigns.Quote"), label=_("Picked quotes"), default=[])

    class Meta:
        icon = "openquote"
        label = _("Voices")
        description = _("What people said, from the campaign and its stories")
        template = "blocks/voices.html"
        preview_value = {"heading": _("Voices"), "limit": 3, "picks": [], "only_picked": False}


class TakeawaysBlock(GatheredBlock):
    kind = "takeaways"
    picks = blocks.ListBlock(SnippetChooserBlock("campaigns.Takeaway"), label=_("Picked takeaways"), default=[])

    class Meta:
        icon = "list-ol"
        label = _("Takeaways")
        description = _("What to remember, as a numbered list")
        template = "blocks/takeaways.html"
        preview_value = {"heading": _("What to remember"), "limit": 3, "picks": [], "only_picked": False}


class KeyFiguresBlock(GatheredBlock):
    kind = "figures"
    picks = blocks.ListBlock(SnippetChooserBlock("campaigns.KeyFigure"), label=_("Picked figures"), default=[])

    class Meta:
        icon = "order"
        label = _("Key figures")
        description = _("Big numbers with their source beneath")
        template = "blocks/key_figures.html"
        preview_value = {"heading": _("In figures"), "limit": 3, "picks": [], "only_picked": False}


class PartnersBlock(GatheredBlock):
    kind = "partners"
    picks = blocks.ListBlock(
        SnippetChooserBlock("campaigns.Organisation"), label=_("Picked organisations"), default=[]
    )

    class Meta:
        icon = "group"
        label = _("Partners")
        description = _("Organisations behind the stories of the campaign, by kind")
        template = "blocks/partners.html"
        preview_value = {"heading": _("Partners"), "limit": 12, "picks": [], "only_picked": False}


class PastThemesBlock(SectionBlock):
    kind = "editions"

    class Meta:
        icon = "history"
        label = _("Past themes")
        description = _("The themes of the years, as a line through time")
        template = "blocks/past_themes.html"
        preview_value = {"heading": _("The themes of the years")}

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        material = context.get("material")
        context["items"] = material.items(self.kind, value) if material else []
        return context

    def get_preview_context(self, value, parent_context=None) -> dict:
        return {**super().get_preview_context(value, parent_context), "material": samples.SampleMaterial()}


def picks(value: Mapping) -> list:
    """The picked pieces of a block; one that was deleted since is None in the stream."""
    return [piece for piece in value.get("picks", []) if piece is not None]
