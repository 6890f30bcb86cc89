"""Receivers of the signals of home pages."""

from typing import Any

from django.db.models.signals import post_save

from home.models import HomePage
from home.rights import grant_translator_rights


def rights_on_new_home(created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `post_save`: give the groups of translators their rights on a new home page. Do nothing if it is
    loaded from a fixture (`raw`)."""
    if created and not raw:
        grant_translator_rights()


def connect() -> None:
    post_save.connect(rights_on_new_home, sender=HomePage, dispatch_uid="rights_on_new_home")
