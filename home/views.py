"""What is no page of the tree: the door of the site, and what to say where nothing is."""

import logging
import sys
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from campaigns.drawing import Link, link
from core.health.not_saved import not_saved
from core.helplines.copy import copied_card, page_path
from core.languages.site_languages import LocaleCodes, active_code, chain
from core.outages.errors import is_outage
from core.outages.postgresql import watch
from core.visibility import live_now, public_pages
from home.models import HomePage

logger = logging.getLogger(__name__)

RETRY_AFTER = 10
"""Seconds."""


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """To the home page in the browser's language. No database, no cookie."""
    query = f"?{query}" if (query := request.META.get("QUERY_STRING", "")) else ""
    response = HttpResponseRedirect(f"/{preferred_language(request.headers.get('Accept-Language', ''))}/{query}")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def preferred_language(accepted: str) -> str:
    for code, _quality in parse_accept_lang_header(accepted):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    peers = peers_of(request)
    template = "not_translated.html" if peers else "404.html"
    context = {"peers": peers, "title": peers[0].title if peers else ""}
    return render(request, template, context, status=404)


def peers_of(request: HttpRequest) -> list[Link]:
    """The same page in the languages that have it, found by its slugs below each home page, the reader's
    next best language first (three queries)."""
    prefix = f"/{active_code()}/"
    rest = request.path_info.removeprefix(prefix).strip("/")
    if not request.path_info.startswith(prefix) or "\0" in rest:
        return []
    homes = live_now(HomePage.objects.filter(depth=2)).exclude(locale__language_code=active_code())
    paths = [f"{url_path}{rest}/" if rest else url_path for url_path in homes.values_list("url_path", flat=True)]
    pages = public_pages(Page.objects.filter(url_path__in=paths)) if paths else []
    order = chain(active_code())
    return [
        link(page, request)
        for page in sorted(pages, key=lambda page: order.index(LocaleCodes.code(page.locale_id)))
    ]


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without the database and the navigation, either of which may be what failed; the helpline comes from
    its copy. In the admin a full disk, or a storage that is away, is answered by what keeps the editor's text."""
    in_admin = request.path_info.startswith(reverse("wagtailadmin_home"))
    if in_admin and (answer := not_saved(request, sys.exception())):
        return answer
    if is_outage(sys.exception()):
        # A request may have lost its connection alone. Asked here, so that the log says which it was.
        watch.look()
        return unavailable(request)
    return _error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return the page that was written for outages in the reader's language. Where the address names none it is
    the browser's."""
    code = get_language_from_path(request.path_info) or preferred_language(
        request.headers.get("Accept-Language", "")
    )
    if request.path_info.startswith("/api/"):
        response = JsonResponse({"message": "Not available at the moment."}, status=HTTPStatus.SERVICE_UNAVAILABLE)
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
    """Answer 413 in the browser's language: nginx asks for it in place of an upload that is too large for it."""
    limits = {"image": settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, "document": settings.WAGTAILDOCS_MAX_UPLOAD_SIZE}
    code = preferred_language(request.headers.get("Accept-Language", ""))
    with translation.override(code):
        context = {"navigation": None, **limits}
        return render(request, "413.html", context, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _error_page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    return render(request, "500.html", {"navigation": None, "helpline": copied_card()}, status=status)
