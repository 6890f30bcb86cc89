"""Middleware for languages, slashes, forms, compression and refused actions."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.middleware.common import CommonMiddleware as DjangoCommonMiddleware
from django.middleware.gzip import GZipMiddleware as DjangoGZipMiddleware
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import translation
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from core.findings import ActionRefused
from core.http.page_cache.requests import MARK
from core.http.page_cache.responses import is_storable
from core.internals.django import get_language_from_path, url_has_allowed_host_and_scheme

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PathLanguageMiddleware:
    """Middleware that activates the language in the path, or else the default language, and sets Content-Language.
    Cookies and Accept-Language are ignored, so that a page is the same for everybody. Wagtail's admin activates
    the language of each user itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        code = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response


class CommonMiddleware(DjangoCommonMiddleware):
    """Django's CommonMiddleware, which appends slashes only to paths of views. For pages, `RedirectMiddleware`
    does so after checking that the page exists, so that nobody is redirected from one missing page to another."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        return (
            super().should_redirect_with_slash(request)
            and resolve(f"{request.path_info}/").url_name != "wagtail_serve"
        )


class ReadersOnlyReadMiddleware:
    """Middleware that answers 405 to unsafe requests outside of the admin, except to the password forms of private
    pages and files and to views that are exempt from CSRF checks. Placed before Django's CSRF middleware, which
    would answer 403 with a page of its own."""

    SAFE = ("GET", "HEAD", "OPTIONS")
    FORMS = frozenset(
        ["wagtailcore_authenticate_with_password", "wagtailcore_login", "wagtaildocs_authenticate_with_password"]
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if (
            request.method in self.SAFE
            or (match is not None and match.url_name in self.FORMS)
            or request.path_info.startswith(reverse("wagtailadmin_home"))
            or getattr(view, "csrf_exempt", False)
        ):
            return None
        return HttpResponseNotAllowed(self.SAFE)


class GZipMiddleware(DjangoGZipMiddleware):
    """Django's GZipMiddleware, which leaves responses with Accept-Ranges uncompressed: media files get no smaller,
    and ranges count the bytes of the file itself."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Accept-Ranges"):
            return response
        # The page cache compresses what it stores.
        if MARK in request.META and is_storable(str(response.status_code), response.headers.items()):
            return response
        return super().process_response(request, response)


class RefusalMiddleware:
    """Middleware that turns an `ActionRefused`, which no form has handled, into a message for a logged-in user."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to an `ActionRefused` of a logged-in user; None for other exceptions and visitors.
        Scripts get JSON with status 422, the approval dialog JSON that makes it follow a redirect, others a
        redirect with an error message."""
        if not isinstance(exception, ActionRefused) or not request.user.is_authenticated:
            return None
        is_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
        match = request.resolver_match
        if is_script and match is not None and match.url_name == "workflow_action":
            # The approval dialog cannot show an error itself, but follows a redirect.
            messages.error(request, exception.summary)
            return JsonResponse({"step": "success", "redirect": self._back(request, exception)})
        if is_script or not request.accepts("text/html"):
            answer = {
                "success": False,
                "error_code": "validation_error",
                "error_message": exception.summary,
                "findings": exception.lines,
            }
            return JsonResponse(answer, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.error(request, exception.summary)
        return redirect(self._back(request, exception))

    @staticmethod
    def _back(request: HttpRequest, refused: ActionRefused) -> str:
        """Return the URL to edit the refused object; if the user may not or it is not saved, that of the previous
        page on this site or else the admin home."""
        came_from = request.headers.get("referer", "")
        if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
            came_from = reverse("wagtailadmin_home")
        edit_url = AdminURLFinder(request.user).get_edit_url(refused.subject) if refused.subject.pk else None
        return edit_url or came_from
