"""Permission policy of snippets: rights on the model, or else the right to translate into the language of the
object. Where Wagtail asks without an object, the language of the request counts (`request_language`)."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from core.internals.wagtail_models import users_with_any_permission
from core.models import TranslatableSnippet
from core.typed import Translatable
from translation.access.queries import locales_for
from translation.access.request_language import spoken
from translation.models import LanguageAction, LanguageRight

# The actions on snippets that a translator may take.
READ, CHANGE = "view", "change"


class LanguagePolicy(ModelPermissionPolicy):
    """Permission policy that lets translators view and change the snippets of their languages, beside the
    permissions on the model."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Return whether the user may take the action on the model. Translators of any language may view. For
        "change", `LanguageBackend` decides through the superclass, without a query, because lists ask once for
        each row."""
        if super().user_has_permission(user, action):
            return True
        if action != READ:
            return False
        # Translators see the lists of snippets in the menu; the guard limits these to their languages.
        return spoken(user) is not None or bool(locales_for(user, LanguageAction.TRANSLATE))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Translatable) -> bool:
        if super().user_has_permission(user, action):
            return True
        return action in (READ, CHANGE) and instance.locale_id in locales_for(user, LanguageAction.TRANSLATE)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> models.QuerySet[Any]:
        objects = self.model._default_manager
        if any(super(LanguagePolicy, self).user_has_permission(user, action) for action in actions):
            return objects.all()
        if {READ, CHANGE} & set(actions):
            return objects.filter(locale_id__in=locales_for(user, LanguageAction.TRANSLATE))
        return objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[Any]:
        return self._people(actions, LanguageRight.objects.all())

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Translatable
    ) -> models.QuerySet[Any]:
        return self._people(actions, LanguageRight.objects.filter(locale_id=instance.locale_id))

    def _people(self, actions: Iterable[str], rights: models.QuerySet[Any]) -> models.QuerySet[Any]:
        with_rights = users_with_any_permission(self, actions)
        if {READ, CHANGE} & set(actions):
            groups = rights.filter(action=LanguageAction.TRANSLATE).values("group")
            with_rights |= Q(groups__in=groups, is_active=True)
        return get_user_model().objects.filter(with_rights).distinct()


def register() -> None:
    """Register `LanguagePolicy` for all snippet models. Must run before anything asks for the policy of a snippet,
    because Wagtail then creates and keeps one of its own."""
    for model in apps.get_models():
        if issubclass(model, TranslatableSnippet):
            register_permission_policy(model, LanguagePolicy(model))
