"""What the translators' board lists of a campaign."""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import Document

from campaigns import kinds
from campaigns.models import SDG, CampaignPage, EditionPage, NewsPage, Organisation, Person, Place, Topic
from core.models import SiteImage
from core.typed import Translatable

_MATERIAL = {kind.code: kind for kind in kinds.KINDS}
# In the order in which they are listed. Resources are of an app that this one does not know.
_MODELS: dict[str, type[Translatable] | str] = {
    "campaign": CampaignPage,
    "edition": EditionPage,
    "story": NewsPage,
    **{code: kind.model for code, kind in _MATERIAL.items()},
    "person": Person,
    "place": Place,
    "topic": Topic,
    "organisation": Organisation,
    "sdg": SDG,
    "resource": "home.ResourcePage",
    "image": SiteImage,
    "toolkit": Document,
}
_LABELS = {
    "campaign": _("campaign"),
    "edition": _("edition"),
    "story": _("story"),
    "person": _("person"),
    "place": _("place"),
    "topic": _("topic"),
    "organisation": _("organisation"),
    "sdg": _("development goal"),
    "resource": _("resource"),
    "image": _("alternative text"),
    "toolkit": _("files of a toolkit"),
    **{code: kind.model._meta.verbose_name for code, kind in _MATERIAL.items()},
}

Kind = models.TextChoices("Kind", {code.upper(): (code, _LABELS[code]) for code in _MODELS})
"""What a reader of a campaign meets."""

MATERIAL = {Kind(code): kind for code, kind in _MATERIAL.items()}
NAMES = (Kind.PERSON, Kind.PLACE, Kind.TOPIC, Kind.ORGANISATION, Kind.SDG)
PAGES = (Kind.CAMPAIGN, Kind.EDITION, Kind.STORY, Kind.RESOURCE)
UNTRANSLATED = (Kind.IMAGE, Kind.TOOLKIT)
"""They have no translations: their texts or files are kept per language in one place."""


def model_of(kind: str) -> type[Translatable]:
    model = _MODELS[kind]
    return apps.get_model(model) if isinstance(model, str) else model
