"""Ties: rows that connect stories and material with campaigns, organisations and others.

They are models with foreign keys because wagtail-localize ignores many-to-many fields. A tie may point at a row of
any language: pages find the language to show by translation key.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from core.editing.rows import with_loaded
from core.publishing.people import PublicPlace
from core.stamps.changes import is_unchanged_child

if TYPE_CHECKING:
    from campaigns.models import Commitment, NewsPage, Quote


class Tie(Orderable, models.Model):
    """Base of all ties. The verbose name is shown in Wagtail's usage lists."""

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("tie")
        verbose_name_plural = _("ties")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the tie, unless it is saved with its owner and has not changed."""
        if not is_unchanged_child(self):
            super().save(*args, **kwargs)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        super().clean_fields(with_loaded(self, exclude))


class CampaignTie(Tie):
    """Base of ties to a campaign."""

    campaign = models.ForeignKey(
        "campaigns.CampaignPage", verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("campaign")]

    class Meta(Tie.Meta):
        abstract = True


class OrganisationTie(Tie):
    """Base of ties to a partner organisation."""

    organisation = models.ForeignKey(
        "campaigns.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("organisation")]

    class Meta(Tie.Meta):
        abstract = True


def campaign_places(instance: "NewsPage | Quote | Commitment") -> list[PublicPlace]:
    """Return the pages of the campaigns that `instance` is tied to, live or not, as places where readers will find
    it."""
    campaigns = [tie.campaign for tie in instance.campaign_ties.all() if tie.campaign_id]
    return [PublicPlace(campaign.title, campaign.get_url() or "") for campaign in campaigns]


def campaign_ties_panel() -> InlinePanel:
    """Return a new panel that edits the ties to campaigns (`campaign_ties`)."""
    return InlinePanel(
        "campaign_ties",
        label=_("Campaign"),
        heading=_("Campaigns"),
        help_text=_("Shown on the pages of these campaigns in every language."),
    )


def partner_ties_panel() -> InlinePanel:
    """Return a new panel that edits the ties to partner organisations (`partner_ties`)."""
    return InlinePanel(
        "partner_ties",
        label=_("Partner"),
        heading=_("Partners"),
        help_text=_("Shown in this order."),
    )
