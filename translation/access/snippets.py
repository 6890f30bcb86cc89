"""Snippets at the doors of the admin: which language a request is about."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import ResolverMatch
from wagtail.models import Locale
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params

from core.typed import AdminRequest, Translatable
from translation.access.queries import locales_for
from translation.access.request_language import speak
from translation.models import LanguageAction

LISTS = {"list", "list_results"}


def speak_language(request: AdminRequest, match: ResolverMatch, held: set[int] | None) -> None:
    """The language of the object, or of a list, is that of the request, where the user may translate it. Raises
    PermissionDenied where the user is held to others."""
    user = request.user
    if user.is_superuser:
        return
    locale_id = _language(request, match)
    own = locales_for(user, LanguageAction.TRANSLATE) if held is None else held
    if locale_id in own:
        speak(user, locale_id)
    elif held is not None:
        raise PermissionDenied


def of_the_kind(request: HttpRequest, app_label: str, model_name: str, **kwargs: Any) -> None:
    """wagtail-localize lists the snippets of a model to whoever is logged in."""
    model = get_snippet_model_from_url_params(app_label, model_name)
    if not policy_registry.get_by_type(model).user_has_any_permission(
        request.user, {"add", "change", "delete", "view"}
    ):
        raise PermissionDenied


def _language(request: HttpRequest, match: ResolverMatch) -> int | None:
    model = next((each for each in get_snippet_models() if _namespace(each) in match.namespaces), None)
    pk = match.kwargs.get("pk")
    if model and pk is not None:
        return model._base_manager.filter(pk=pk).values_list("locale_id", flat=True).first()
    if match.url_name in LISTS:
        wanted = Locale.objects.filter(language_code=request.GET.get("locale", ""))
        return wanted.values_list("pk", flat=True).first()
    return None


def _namespace(model: type[Translatable]) -> str:
    return model.snippet_viewset.url_namespace
