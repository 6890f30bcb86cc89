from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a reader of a campaign meets, in the order in which it is listed."""

    CAMPAIGN = "campaign", _("campaign")
    EDITION = "edition", _("edition")
    STORY = "story", _("story")
    QUOTE = "quote", _("quote")
    TAKEAWAY = "takeaway", _("takeaway")
    FIGURE = "figure", _("key figure")
    PERSON = "person", _("person")
    PLACE = "place", _("place")
    TOPIC = "topic", _("topic")
    ORGANISATION = "organisation", _("organisation")
    SDG = "sdg", _("development goal")
    RESOURCE = "resource", _("resource")
    IMAGE = "image", _("alternative text")
    TOOLKIT = "toolkit", _("files of a toolkit")


MODELS = {
    Kind.CAMPAIGN: "campaigns.CampaignPage",
    Kind.EDITION: "campaigns.EditionPage",
    Kind.STORY: "campaigns.NewsPage",
    Kind.QUOTE: "campaigns.Quote",
    Kind.TAKEAWAY: "campaigns.Takeaway",
    Kind.FIGURE: "campaigns.KeyFigure",
    Kind.PERSON: "campaigns.Person",
    Kind.PLACE: "campaigns.Place",
    Kind.TOPIC: "campaigns.Topic",
    Kind.ORGANISATION: "campaigns.Organisation",
    Kind.SDG: "campaigns.SDG",
    Kind.RESOURCE: "home.ResourcePage",
    Kind.IMAGE: "core.SiteImage",
    Kind.TOOLKIT: "wagtaildocs.Document",
}
PIECES = (Kind.QUOTE, Kind.TAKEAWAY, Kind.FIGURE)
NAMES = (Kind.PERSON, Kind.PLACE, Kind.TOPIC, Kind.ORGANISATION, Kind.SDG)
PAGES = (Kind.CAMPAIGN, Kind.EDITION, Kind.STORY, Kind.RESOURCE)
UNTRANSLATED = (Kind.IMAGE, Kind.TOOLKIT)
"""They have no translations: their texts or files are kept per language in one place."""


def model_of(kind: str) -> type[models.Model]:
    return apps.get_model(MODELS[kind])
