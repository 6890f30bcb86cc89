"""Signal receivers that grant rights in languages."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_save
from wagtail.models import Locale

from translation.access.groups import grant_in, grant_to


def rights_in_new_language(instance: Locale, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: grant the rights of translators and reviewers in a new language. Do nothing for fixtures
    (`raw`)."""
    if created and not raw:
        grant_in(instance)


def rights_of_new_group(instance: Group, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: grant a new group the rights of its name; nothing for fixtures (`raw`). The group of a new
    language's translators is created together with the home page in that language, after the language itself."""
    if created and not raw:
        grant_to(instance)


def connect() -> None:
    post_save.connect(rights_in_new_language, sender=Locale, dispatch_uid="rights_in_new_language")
    post_save.connect(rights_of_new_group, sender=Group, dispatch_uid="rights_of_new_group")
