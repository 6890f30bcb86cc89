"""Middleware that records downloads."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from core.audit.actions import EXPORTED
from core.audit.record import record


class ExportsMiddleware:
    """Middleware that records successful downloads (attachments) from the admin in the audit log, with the name of
    the view: lists, reports, translation files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            response.status_code == HTTPStatus.OK
            and response.headers.get("Content-Disposition", "").startswith("attachment")
            and request.path_info.startswith(reverse("wagtailadmin_home"))
            and request.user.is_authenticated
        ):
            assert request.resolver_match is not None  # set before any view of the admin runs
            record(EXPORTED, user=request.user, details={"what": request.resolver_match.view_name})
        return response
