from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.middleware.common import CommonMiddleware as DjangoCommonMiddleware
from django.middleware.gzip import GZipMiddleware as DjangoGZipMiddleware
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from core.publishing.findings import ActionRefused


class PathLanguageMiddleware:
    """Activate the language that the address of a public page names. Cookies and Accept-Language are ignored, so
    that a page is the same for everybody. Wagtail's admin activates each user's own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        code = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response


class CommonMiddleware(DjangoCommonMiddleware):
    """Appends the slash of views only. To the address of a page `RedirectMiddleware` leads, which knows whether
    there is such a page: nobody is led from one missing address to another."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        return (
            super().should_redirect_with_slash(request)
            and resolve(f"{request.path_info}/").url_name != "wagtail_serve"
        )


class ReadersOnlyReadMiddleware:
    """What is no part of the admin takes no form, except the log-ins to private pages and files, and views that
    take requests from programs and say so. Stands before Django's check of forms, which would answer with a
    page of its own."""

    SAFE = ("GET", "HEAD", "OPTIONS")
    FORMS = frozenset(
        ["wagtailcore_authenticate_with_password", "wagtailcore_login", "wagtaildocs_authenticate_with_password"]
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if (
            request.method in self.SAFE
            or request.resolver_match.url_name in self.FORMS
            or request.path_info.startswith(reverse("wagtailadmin_home"))
            or getattr(view, "csrf_exempt", False)
        ):
            return None
        return HttpResponseNotAllowed(self.SAFE)


class GZipMiddleware(DjangoGZipMiddleware):
    """Leaves stored files as they are: pictures and films get no smaller, and parts of a file count its bytes."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if response.has_header("Accept-Ranges") else super().process_response(request, response)


class RefusalMiddleware:
    """The net beneath the publishing gate and its like: what no form has caught becomes a message."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ActionRefused) or not request.user.is_authenticated:
            return None
        is_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
        if is_script and request.resolver_match.url_name == "workflow_action":
            # The dialog of an approval goes where it is told, and cannot show an error itself.
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
        came_from = request.headers.get("referer", "")
        if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
            came_from = reverse("wagtailadmin_home")
        edit_url = AdminURLFinder(request.user).get_edit_url(refused.subject) if refused.subject.pk else None
        return edit_url or came_from
