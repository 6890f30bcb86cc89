from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import User

from core.models import TranslatableSnippet
from core.typed import Translatable
from translation.access.request_language import spoken


class LanguageBackend(BaseBackend):
    """For wagtail-localize, which asks `has_perm` about the model before it lets anybody translate a snippet."""

    def has_perm(self, user_obj: User, perm: str, obj: Translatable | None = None) -> bool:
        return user_obj.is_active and spoken(user_obj) is not None and perm in changing()


def changing() -> set[str]:
    models = (model for model in apps.get_models() if issubclass(model, TranslatableSnippet))
    return {f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}" for model in models}
