"""Checks of requests to the admin views and the API of snippets."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import ResolverMatch
from wagtail.models import Locale
from wagtail.permissions import policy_registry

from core.internals.wagtail_admin import get_snippet_model_from_url_params
from core.internals.wagtail_models import get_snippet_models
from core.models import TranslatableSnippet
from core.typed import AdminRequest
from translation.access.queries import locales_for
from translation.access.request_language import speak
from translation.models import LanguageAction

LISTS = {"list", "list_results"}


def speak_language(request: AdminRequest, match: ResolverMatch, held: set[int] | None) -> None:
    """Make the language of the requested object or list the language of the request (`speak`) if the user may
    translate into it. `held` are the languages of a user who only translates, else None; for such a user, raise
    PermissionDenied if the URL has another language or none. Do nothing for superusers."""
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
    """Raise PermissionDenied unless the user has a permission to add, change, delete or view the snippet model of
    the URL. wagtail-localize's API lists snippets to every user who has logged in."""
    model = get_snippet_model_from_url_params(app_label, model_name)
    if not policy_registry.get_by_type(model).user_has_any_permission(
        request.user, {"add", "change", "delete", "view"}
    ):
        raise PermissionDenied


def _language(request: HttpRequest, match: ResolverMatch) -> int | None:
    """Return the id of the locale of the object that the URL names, or of the list by its `locale` parameter; None
    if there is none."""
    model = next((each for each in get_snippet_models() if _namespace(each) in match.namespaces), None)
    pk = match.kwargs.get("pk")
    if model and pk is not None:
        return model._base_manager.filter(pk=pk).values_list("locale_id", flat=True).first()
    if match.url_name in LISTS:
        wanted = Locale.objects.filter(language_code=request.GET.get("locale", ""))
        return wanted.values_list("pk", flat=True).first()
    return None


def _namespace(model: type[TranslatableSnippet]) -> str:
    return model.snippet_viewset.url_namespace
