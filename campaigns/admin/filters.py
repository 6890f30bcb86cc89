"""Filters of the snippets' lists."""

from collections.abc import Sequence

from django.db.models import Min, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet

from campaigns.models import CampaignPage
from campaigns.querysets import PieceQuerySet
from core.typed import Translatable


def every_campaign(request: HttpRequest | None) -> QuerySet[CampaignPage]:
    """Return each campaign once, as its row in the source language, live or not, sorted by title. `request` is not
    used."""
    first = CampaignPage.objects.order_by().values("translation_key").annotate(first=Min("pk"))
    return CampaignPage.objects.filter(pk__in=first.values("first")).order_by("title")


class PieceFilterSet(WagtailFilterSet):
    """Filters of a list of material. `campaign` finds the material that is tied to the campaign, itself or through
    its source story."""

    campaign = ModelChoiceFilter(
        label=_("Campaign"), queryset=every_campaign, method="of_campaign", empty_label=_("All")
    )

    def of_campaign(self, queryset: PieceQuerySet, name: str, campaign: CampaignPage) -> PieceQuerySet:
        """Return the rows of `queryset` that are tied to the campaign, or whose source story is, each once. A tie
        to any language of the campaign counts. `name` is not used."""
        story = f"{queryset.story_field}__campaign_ties__campaign__translation_key"
        condition = Q(campaign_ties__campaign__translation_key=campaign.translation_key)
        condition |= Q(**{story: campaign.translation_key})
        # A subquery, because a join would return a row twice that is tied in both ways.
        return queryset.filter(pk__in=queryset.model.objects.filter(condition).values("pk"))


def material_filters(model: type[Translatable], fields: Sequence[str]) -> type[PieceFilterSet]:
    """Return a filter set class for a list of this material, by `live`, campaign and these fields."""
    meta = type("Meta", (), {"model": model, "fields": ["live", "campaign", *fields]})
    return type(f"{model.__name__}FilterSet", (PieceFilterSet,), {"Meta": meta})
