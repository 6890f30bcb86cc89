from collections.abc import Sequence
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet

from campaigns.models import CampaignPage
from core.typed import Translatable


def every_campaign(request) -> QuerySet[Any]:
    """Once each, in the language it was first written in."""
    first = CampaignPage.objects.order_by().values("translation_key").annotate(first=Min("pk"))
    return CampaignPage.objects.filter(pk__in=first.values("first")).order_by("title")


class PieceFilterSet(WagtailFilterSet):
    """`campaign` finds what the page of the campaign shows: tied itself, or through its source story."""

    campaign = ModelChoiceFilter(
        label=_("Campaign"), queryset=every_campaign, method="of_campaign", empty_label=_("All")
    )

    def of_campaign(self, queryset: QuerySet[Any], name: str, campaign: CampaignPage) -> QuerySet[Any]:
        story = f"{queryset.story_field}__campaign_ties__campaign__translation_key"
        condition = Q(campaign_ties__campaign__translation_key=campaign.translation_key)
        condition |= Q(**{story: campaign.translation_key})
        # A subquery: a join would double what is tied both ways.
        return queryset.filter(pk__in=queryset.model.objects.filter(condition).values("pk"))


def material_filters(model: type[Translatable], fields: Sequence[str]) -> type[PieceFilterSet]:
    """Return what a list of this material is narrowed by: its state, the campaign, and these fields."""
    meta = type("Meta", (), {"model": model, "fields": ["live", "campaign", *fields]})
    return type(f"{model.__name__}FilterSet", (PieceFilterSet,), {"Meta": meta})
