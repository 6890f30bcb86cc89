"""The kinds of objects of a campaign, in the order of the board, with labels and models. They extend the registry
`campaigns.kinds` by pages, names and files; `rows` queries them."""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import Document
from wagtail.models import Page

from campaigns import kinds
from campaigns.models import SDG, CampaignPage, EditionPage, NewsPage, Organisation, Person, Place, Topic
from core.models import SiteImage, TranslatableSnippet

_MATERIAL = {kind.code: kind for kind in kinds.KINDS}
_Model = type[Page | TranslatableSnippet | SiteImage | Document]
# In the order of the board. The app of resources must not be imported here, so their model is named by its label.
_MODELS: dict[str, _Model | str] = {
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

_CHOICES = {code.upper(): (code, _LABELS[code]) for code in _MODELS}
Kind = models.TextChoices("Kind", _CHOICES)  # type: ignore[call-overload]  # django-stubs lacks the functional API.
"""The kinds of objects that readers of a campaign see."""

MATERIAL = {Kind(code): kind for code, kind in _MATERIAL.items()}
PAGES = (Kind.CAMPAIGN, Kind.EDITION, Kind.STORY, Kind.RESOURCE)
UNTRANSLATED = (Kind.IMAGE, Kind.TOOLKIT)
"""Kinds without translations: one row has the texts or files of all languages."""


def model_of(kind: str) -> _Model:
    """Return the model of the objects of a kind; for a toolkit, that of its files."""
    model = _MODELS[kind]
    return apps.get_model(model) if isinstance(model, str) else model
