"""Middleware that checks rights in languages before the views of the admin run. wagtail-localize and Wagtail check
at most rights on a model, never rights in a language."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail_localize.models import OverridableSegment, StringSegment, Translation

from core.internals.wagtail_models import APIToken
from core.rights import shown_to
from core.typed import AdminRequest
from translation.access import snippets
from translation.access.choosers import check_chosen
from translation.access.permissions import held_up, may_change, may_stop
from translation.access.queries import may_review, may_translate, only_locales
from translation.access.request_language import speak
from translation.control_characters import CONTROL
from translation.exchange import localize_po
from translation.guard import translators
from translation.localize.names import NAMESPACE
from translation.machine.view import machine_translate
from translation.sync import atomic
from translation.sync.overrides import check_value
from translation.sync.restore_approved import kept_for
from translation.units.segments import target_of

API = "wagtailapi_v3"
ONLY_LOCALES = "only_locales"
"""Attribute of the request: the result of `only_locales()` for its user."""


class LanguageGuard:
    """Middleware that refuses requests to the admin, and writing requests to Wagtail's API v3, for languages in
    which the user has no right."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: AdminRequest) -> HttpResponse:
        if not _is_admin(request):
            return self.get_response(request)
        with shown_to(request.user):
            return self.get_response(request)

    def process_view(
        self, request: AdminRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Check the request against the rules for its URL. Raise PermissionDenied, return a response in place of
        the view, or return None to let the view run, as for all requests outside the admin and the API v3."""
        match = request.resolver_match
        assert match is not None  # Django resolves the URL before it calls this method.
        if API in match.namespaces:
            refuse_translators(request)
            return None
        # `request.user` is not touched on public pages, so that they read no session.
        if not _is_admin(request) or not request.user.is_authenticated:
            return None
        url_name = match.url_name or ""
        name = ":".join([*match.namespaces, url_name])
        locales = only_locales(request.user)
        setattr(request, ONLY_LOCALES, locales)
        answer = None if locales is None else translators.check(request, name, locales, kwargs)
        if "choose" in name:
            check_chosen(request, name, kwargs)
        if answer is None and name.startswith("wagtailsnippets_"):
            snippets.speak_language(request, match, locales)
        if answer is None and NAMESPACE in match.namespaces:
            if url_name not in RULES:
                raise PermissionDenied
            answer = RULES[url_name](request, **kwargs)
        return answer


def _is_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))


def refuse_translators(request: HttpRequest) -> None:
    """Raise PermissionDenied if a writing request to Wagtail's API v3 carries a valid token of a user who only
    translates; other requests pass. The API itself resolves the token to a user later, in its views."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if request.method in ("GET", "HEAD", "OPTIONS") or kind.lower() != "bearer":
        return
    hashes = APIToken.candidate_key_hashes(token.strip())
    known = APIToken.objects.select_related("user").filter(key_hash__in=hashes, revoked_at=None).first()
    if known and only_locales(known.user) is not None:
        raise PermissionDenied


def open_to_all(request: HttpRequest, **kwargs: Any) -> None:
    """Allow the request: the view checks the rights itself."""


def own_language(request: AdminRequest, translation_id: int, **kwargs: Any) -> None:
    """Raise PermissionDenied unless the user may translate into the translation's target language, and Http404 if
    there is no such translation. Rights on the object do not count. Otherwise make that language the language of
    the request."""
    translation = get_object_or_404(Translation, id=translation_id)
    if not may_translate(request.user, translation.target_locale_id):
        raise PermissionDenied
    speak(request.user, translation.target_locale_id)


def to_read(request: AdminRequest, translation_id: int, **kwargs: Any) -> None:
    """Raise PermissionDenied unless the user may translate into or review the target language, or may change the
    target. For one who may translate, make it the language of the request. Raise Http404 if there is no such
    translation."""
    translation = get_object_or_404(Translation.objects.select_related("source"), id=translation_id)
    locale_id = translation.target_locale_id
    if may_translate(request.user, locale_id):
        speak(request.user, locale_id)
        return
    target = target_of(translation)
    if not (may_review(request.user, locale_id) or (target and may_change(request.user, target))):
        raise PermissionDenied


def steering(request: AdminRequest, translation_id: int, **kwargs: Any) -> HttpResponse | None:
    """Check a request to stop a translation, after which the target no longer follows its source. Raise
    PermissionDenied unless `may_stop` allows it, Http404 without a target. Redirect with a message while it is
    locked or in review."""
    target = target_of(get_object_or_404(Translation.objects.select_related("source"), id=translation_id))
    if target is None:
        raise Http404
    if not may_stop(request.user, target):
        raise PermissionDenied
    if against := held_up(request.user, target):
        messages.error(request, against)
        return redirect(AdminURLFinder(request.user).get_edit_url(target) or "wagtailadmin_home")
    return None


def own_language_and_words(
    request: AdminRequest, translation_id: int, string_segment_id: int
) -> HttpResponse | None:
    """Check a change of one string, then answer by wagtail-localize's view within `atomic.save_string`. Raise
    PermissionDenied as `own_language` does; answer 400 if the text is missing, empty or has control characters."""
    own_language(request, translation_id)
    translation = get_object_or_404(Translation, id=translation_id)
    segment = get_object_or_404(StringSegment.objects.select_related("string", "context"), id=string_segment_id)
    if request.method == "DELETE" and kept_for(segment, translation.target_locale_id):
        # wagtail-localize's editor shows the string as empty until it is opened again.
        message = _("“%(source)s”: the approved text was restored. Enter a new text to replace it.")
        messages.info(request, message % {"source": segment.string.data[:80]})
    sent = None
    if request.method == "PUT":
        sent = _sent_value(request) or ""
        if answer := _fault(sent, may_be_empty=False):
            return answer
    return atomic.save_string(request, translation, segment, sent)


def own_language_and_good_value(
    request: AdminRequest, translation_id: int, overridable_segment_id: int
) -> HttpResponse | None:
    """Check a change of an overridden link, page or image, then answer by wagtail-localize's view within
    `atomic.save_override`. Raise PermissionDenied as `own_language` does; answer 400 if the value is not
    accepted."""
    own_language(request, translation_id)
    translation = get_object_or_404(Translation, id=translation_id)
    segment = get_object_or_404(OverridableSegment.objects.select_related("context"), id=overridable_segment_id)
    if request.method != "PUT":
        return atomic.save_override(request, translation, segment, None)
    sent = _sent_value(request)
    if answer := _fault(sent, may_be_empty=True):
        return answer
    try:
        check_value(segment, sent, request.user)
    except ValidationError as error:
        return _refused(" ".join(error.messages))
    return atomic.save_override(request, translation, segment, sent)


def _fault(sent: str | None, may_be_empty: bool) -> HttpResponse | None:
    """Return a response with status 400 if the value is missing, is blank although it must not be, or has control
    characters; else None."""
    if sent is None or not (may_be_empty or sent.strip()):
        return _refused(_("Enter a text."))
    if CONTROL.search(sent):
        return _refused(_("The text contains control characters. Remove them."))
    return None


def _refused(why: str) -> HttpResponse:
    return HttpResponse(why, status=400, content_type="text/plain")


def _sent_value(request: HttpRequest) -> str | None:
    """Return `value` from the form data of a PUT request, or None if the data cannot be read or has no `value`."""
    # Reading the body once makes Django keep it, so that the view can read it again.
    request.body  # noqa: B018
    try:
        return Request(request, parsers=[FormParser(), MultiPartParser()]).POST.get("value")
    except APIException:
        # Damaged form data, or another format such as JSON, which wagtail-localize's view cannot read either.
        return None


def own_language_and_file(request: AdminRequest, translation_id: int) -> HttpResponse | None:
    """Check the language, and import an uploaded PO file in place of wagtail-localize's view. Return None, which
    lets that view answer, for all methods but POST."""
    own_language(request, translation_id)
    if request.method != "POST":
        return None
    return localize_po.upload(request, translation_id)


def own_language_and_machine(request: AdminRequest, translation_id: int) -> HttpResponse | None:
    """Check the language, and ask the machine translator in place of wagtail-localize's view. Return None, which
    lets that view refuse, for all methods but POST."""
    own_language(request, translation_id)
    return machine_translate(request, translation_id) if request.method == "POST" else None


def to_download(request: AdminRequest, translation_id: int) -> HttpResponse:
    """Check the rights as `to_read` does, and answer with a PO file in place of wagtail-localize's view."""
    to_read(request, translation_id)
    return localize_po.download(request, translation_id)


# Rules by the names of wagtail-localize's URLs. A URL that is not listed is refused, such as those that submit or
# update translations: this project has its own views for these.
RULES: dict[str, Callable[..., HttpResponse | None]] = {
    "javascript_catalog": open_to_all,
    "edit_string_translation": own_language_and_words,
    "edit_override": own_language_and_good_value,
    "download_pofile": to_download,
    "upload_pofile": own_language_and_file,
    "machine_translate": own_language_and_machine,
    "preview_translation": to_read,
    "stop_translation": steering,
    "translations_report": open_to_all,
    "translations_report_results": open_to_all,
    "snippets_api_listing": snippets.of_the_kind,
    "snippets_api_detail": snippets.of_the_kind,
}
