"""wagtail-localize asks for rights on a model or for none, never for a language. This asks before it does."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from wagtail.admin import messages
from wagtail_localize.models import OverridableSegment, Translation, TranslationSource

from core.gate.forms import may_publish
from core.rights import only_locales
from translation.exchange import localize_po
from translation.overrides import check_value
from translation.publication import check_publishable

NAMESPACE = "wagtail_localize"
SUBMIT = "wagtail_localize.submit_translation"


class LocalizeGuard:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: list, kwargs: dict) -> HttpResponse | None:
        match = request.resolver_match
        if NAMESPACE not in match.namespaces or not request.user.is_authenticated:
            return None
        if match.url_name not in RULES:
            raise PermissionDenied
        return RULES[match.url_name](request, **kwargs)


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


def own_language_and_good_value(
    request: HttpRequest, translation_id: int, overridable_segment_id: int
) -> HttpResponse | None:
    own_language(request, translation_id)
    if request.method != "PUT":
        return None
    segment = get_object_or_404(OverridableSegment, id=overridable_segment_id)
    # Kept, so that the view can read it again.
    request.body  # noqa: B018
    try:
        sent = Request(request, parsers=[FormParser(), MultiPartParser()]).POST["value"]
        check_value(segment, sent, request.user)
    except (KeyError, ParseError):
        return HttpResponse(_("There is no value."), status=400, content_type="text/plain")
    except ValidationError as error:
        return HttpResponse(" ".join(error.messages), status=400, content_type="text/plain")
    return None


def own_language_and_file(request: HttpRequest, translation_id: int) -> HttpResponse | None:
    own_language(request, translation_id)
    if request.method != "POST":
        return None
    return localize_po.upload(request, translation_id)


def own_language_to_download(request: HttpRequest, translation_id: int) -> HttpResponse:
    own_language(request, translation_id)
    return localize_po.download(request, translation_id)


def publish_only_with_right(request: HttpRequest, translation_source_id: int) -> HttpResponse | None:
    if request.method != "POST" or "publish_translations" not in request.POST:
        return None
    source = get_object_or_404(TranslationSource, id=translation_source_id)
    translations = source.translations.filter(enabled=True).select_related("source", "target_locale")
    if not all(may_publish(request.user, translation.get_target_instance()) for translation in translations):
        raise PermissionDenied
    return next(filter(None, (refused(request, translation) for translation in translations)), None)


def refused(request: HttpRequest, translation: Translation) -> HttpResponse | None:
    try:
        check_publishable(translation)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(request.get_full_path())
    return None


# What is not named here is refused: to make aliases, and to submit otherwise than by our own views.
RULES: dict[str, Callable[..., HttpResponse | None]] = {
    "javascript_catalog": open_to_all,
    "update_translations": publish_only_with_right,
    "edit_string_translation": own_language,
    "edit_override": own_language_and_good_value,
    "download_pofile": own_language_to_download,
    "upload_pofile": own_language_and_file,
    "machine_translate": own_language,
    "preview_translation": own_language,
    "stop_translation": own_language_and_submit,
    "translations_report": open_to_all,
    "translations_report_results": open_to_all,
    "snippets_api_listing": open_to_all,
    "snippets_api_detail": open_to_all,
}
