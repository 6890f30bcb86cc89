"""A tie is a row with a foreign key, never many-to-many: wagtail-localize ignores those. It points at
whatever language it was made in and is resolved by translation key when drawn."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from core.publishing.people import PublicPlace
from core.typed import Translatable


class Tie(Orderable):
    """Named in Wagtail's lists of where a thing is used."""

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("tie")
        verbose_name_plural = _("ties")


class CampaignTie(Tie):
    campaign = models.ForeignKey(
        "campaigns.CampaignPage", verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("campaign")]

    class Meta(Tie.Meta):
        abstract = True


class OrganisationTie(Tie):
    organisation = models.ForeignKey(
        "campaigns.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("organisation")]

    class Meta(Tie.Meta):
        abstract = True


def campaign_places(instance: Translatable) -> list[PublicPlace]:
    """Return the campaigns that it is tied to, on whose pages it stands."""
    campaigns = [tie.campaign for tie in instance.campaign_ties.all() if tie.campaign_id]
    return [PublicPlace(campaign.title, campaign.get_url() or "") for campaign in campaigns]


def campaign_ties_panel() -> InlinePanel:
    return InlinePanel(
        "campaign_ties",
        label=_("Campaign"),
        heading=_("Campaigns"),
        help_text=_("It appears on the page of each campaign named here, in every language."),
    )


def partner_ties_panel() -> InlinePanel:
    return InlinePanel(
        "partner_ties",
        label=_("Partner"),
        heading=_("Partners"),
        help_text=_("In the order in which they should be named."),
    )
