"""A tie is a row with a foreign key, never many-to-many: wagtail-localize ignores those. It points at
whatever language it was made in and is resolved by translation key when drawn."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable


class CampaignTie(Orderable):
    campaign = models.ForeignKey(
        "campaigns.CampaignPage", verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("campaign")]

    class Meta(Orderable.Meta):
        abstract = True


class OrganisationTie(Orderable):
    organisation = models.ForeignKey(
        "campaigns.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        abstract = True


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
