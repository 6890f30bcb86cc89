from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from core.audit.actions import EXPORTED
from core.audit.record import record


class ExportsMiddleware:
    """Records whatever the admin sends as a file to be saved: lists, reports, texts for translators."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            response.status_code == HTTPStatus.OK
            and response.headers.get("Content-Disposition", "").startswith("attachment")
            and request.path_info.startswith(reverse("wagtailadmin_home"))
            and request.user.is_authenticated
        ):
            record(EXPORTED, user=request.user, details={"what": request.resolver_match.view_name})
        return response
