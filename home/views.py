"""Views outside the page tree: the redirect at the root of the site, and error pages."""

import logging
import sys
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from campaigns.cards import Link
from campaigns.drawing import link
from core.health.not_saved import not_saved
from core.helplines.copy import copied_card, page_path
from core.internals.django import get_language_from_path, parse_accept_lang_header
from core.languages.site_languages import LocaleCodes, active_code, chain
from core.outages.errors import is_outage
from core.outages.postgresql import watch
from core.visibility import live_now, private_keys, seen
from home.models import HomePage

logger = logging.getLogger(__name__)

RETRY_AFTER = 10
"""Value of the Retry-After header during an outage, in seconds."""


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Redirect to the home page in the browser's language, else the site's own, without the database and without a
    cookie. The query string is kept."""
    query = f"?{query}" if (query := request.META.get("QUERY_STRING", "")) else ""
    response = HttpResponseRedirect(f"/{preferred_language(request.headers.get('Accept-Language', ''))}/{query}")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def preferred_language(accepted: str) -> str:
    """Return the site's language that fits an Accept-Language header best, or LANGUAGE_CODE."""
    for code, _quality in parse_accept_lang_header(accepted):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return a 404 response, with links to the page in other languages if it exists in any. `exception` is not
    used."""
    peers = peers_of(request)
    template = "not_translated.html" if peers else "404.html"
    context = {"peers": peers, "title": peers[0].title if peers else ""}
    return render(request, template, context, status=404)


def peers_of(request: HttpRequest) -> list[Link]:
    """Return links to the public page at the address in the other languages, the next best language for the reader
    first (three queries). The page is found there by the same slugs below the home page. Return none if the
    address does not begin with the active language."""
    prefix = f"/{active_code()}/"
    rest = request.path_info.removeprefix(prefix).strip("/")
    if not request.path_info.startswith(prefix) or "\0" in rest:
        return []
    homes = live_now(HomePage.objects.filter(depth=2)).exclude(locale__language_code=active_code())
    paths = [f"{url_path}{rest}/" if rest else url_path for url_path in homes.values_list("url_path", flat=True)]
    pages = seen(Page.objects.filter(url_path__in=paths), private=private_keys()) if paths else []
    order = {code: place for place, code in enumerate(chain(active_code()))}
    # A home page may be in a language that the settings no longer name.
    shown = {code: page for page in pages if (code := LocaleCodes.code(page.locale_id)) in order}
    return [link(shown[code], request) for code in sorted(shown, key=order.__getitem__)]


def server_error(request: HttpRequest) -> HttpResponse:
    """Return a 500 response, or 503 during an outage, without the database and the navigation, either of which may
    have failed; the helpline comes from its copy. In the admin a full disk and an unreachable storage are answered
    by `not_saved`, which keeps the editor's text."""
    in_admin = request.path_info.startswith(reverse("wagtailadmin_home"))
    if in_admin and (answer := not_saved(request, sys.exception())):
        return answer
    if is_outage(sys.exception()):
        # Perhaps only this request has lost its connection. Check now, so that the log shows which of the two it
        # was.
        watch.look()
        return unavailable(request)
    return _error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return a 503 response with the page for outages, which is stored as a file, in the language of the address
    or else of the browser; if the file cannot be read, with the page for errors. The API is answered in JSON."""
    code = get_language_from_path(request.path_info) or preferred_language(
        request.headers.get("Accept-Language", "")
    )
    if request.path_info.startswith("/api/"):
        response: HttpResponse = JsonResponse(
            {"message": "Not available at the moment."}, status=HTTPStatus.SERVICE_UNAVAILABLE
        )
    else:
        try:
            response = HttpResponse(page_path(code).read_bytes(), status=HTTPStatus.SERVICE_UNAVAILABLE)
        except OSError as error:
            logger.warning("The page for outages cannot be read: %s", error)
            with translation.override(code):
                response = _error_page(request, HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Content-Language"] = code
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@never_cache
def too_large(request: HttpRequest) -> HttpResponse:
    """Return a 413 response in the browser's language, with the limits for uploads. nginx requests this view in
    place of an upload that exceeds its limit."""
    limits = {"image": settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, "document": settings.WAGTAILDOCS_MAX_UPLOAD_SIZE}
    code = preferred_language(request.headers.get("Accept-Language", ""))
    with translation.override(code):
        context = {"navigation": None, **limits}
        return render(request, "413.html", context, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _error_page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    return render(request, "500.html", {"navigation": None, "helpline": copied_card()}, status=status)
