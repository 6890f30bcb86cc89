"""Authentication backend for translators of snippets."""

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model

from core.models import TranslatableSnippet
from translation.access.request_language import spoken


class LanguageBackend(BaseBackend):
    """Authentication backend that grants "change" on all snippet models to an active user, from `speak` on, for a
    request about a language that the user translates. wagtail-localize calls `has_perm` for the model before it
    lets anybody translate a snippet."""

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        return user_obj.is_active and spoken(user_obj) is not None and perm in changing()


def changing() -> set[str]:
    """Return the "change" permissions of all translatable snippet models, as `<app_label>.<codename>`."""
    models = (model for model in apps.get_models() if issubclass(model, TranslatableSnippet))
    return {f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}" for model in models}
