"""wagtail-localize asks for rights on a model or for none, never for a language. This asks before it does."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail_localize.models import Translation, TranslationSource

from core.gate.forms import may_publish
from core.rights import only_locales

NAMESPACE = "wagtail_localize"
SUBMIT = "wagtail_localize.submit_translation"


class LocalizeGuard:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: list, kwargs: dict) -> None:
        match = request.resolver_match
        if NAMESPACE not in match.namespaces or not request.user.is_authenticated:
            return
        if match.url_name not in RULES:
            raise PermissionDenied
        RULES[match.url_name](request, **kwargs)


def open_to_all(request: HttpRequest, **kwargs) -> None:
    """The view itself asks for what it needs."""


def own_language(request: HttpRequest, translation_id: int, **kwargs) -> None:
    translation = get_object_or_404(Translation, id=translation_id)
    locales = only_locales(request.user)
    if locales is not None and translation.target_locale_id not in locales:
        raise PermissionDenied


def own_language_and_submit(request: HttpRequest, translation_id: int, **kwargs) -> None:
    """To stop a translation turns the page into one that follows its source no longer."""
    if not request.user.has_perm(SUBMIT):
        raise PermissionDenied
    own_language(request, translation_id)


def publish_only_with_right(request: HttpRequest, translation_source_id: int) -> None:
    if request.method != "POST" or "publish_translations" not in request.POST:
        return
    source = get_object_or_404(TranslationSource, id=translation_source_id)
    targets = (translation.get_target_instance() for translation in source.translations.filter(enabled=True))
    if not all(may_publish(request.user, target) for target in targets):
        raise PermissionDenied


# What is not named here is refused: to make aliases, and to submit otherwise than by our own views.
RULES: dict[str, Callable[..., None]] = {
    "javascript_catalog": open_to_all,
    "update_translations": publish_only_with_right,
    "edit_string_translation": own_language,
    "edit_override": own_language,
    "download_pofile": own_language,
    "upload_pofile": own_language,
    "machine_translate": own_language,
    "preview_translation": own_language,
    "stop_translation": own_language_and_submit,
    "translations_report": open_to_all,
    "translations_report_results": open_to_all,
    "snippets_api_listing": open_to_all,
    "snippets_api_detail": open_to_all,
}
