"""Addresses of the API, and its documentation for readers."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, re_path, reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.router import WagtailAPIRouter

from core.http.conditional import conditional
from core.http.origin import absolute
from home.api.answers import LIMIT, LIMIT_AT_MOST, Answering, unknown
from home.api.files import Documents, Endpoint, Images, Pages
from home.api.material import MATERIAL
from home.api.pages import Campaigns, Editions, News
from home.api.records import Records

if TYPE_CHECKING:
    from core.internals.django import URLPattern

RECORDS: list[type[Records[Any]]] = [Campaigns, Editions, News, *MATERIAL]
ENDPOINTS: dict[str, type[Endpoint]] = {"pages": Pages, "images": Images, "documents": Documents}

router = WagtailAPIRouter("wagtailapi")
for name, endpoint in ENDPOINTS.items():
    router.register_endpoint(name, endpoint)


class Overview(Answering):
    """The list of all endpoints, with the address of the documentation."""

    def get(self, request: Request) -> Response:
        with override(self.code):
            answer = {"documentation": absolute(request, reverse("api_guide"))}
        names = [*ENDPOINTS, *(record.name for record in RECORDS)]
        root = absolute(request, request.path)
        return Response({**answer, "endpoints": {name: f"{root}{name}/" for name in names}})


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Render the documentation of the API, or return a 304 response if it has not changed."""
    context = {
        "root": absolute(request, "/api/v2/"),
        "records": [(record.name, ("locale", "language", *record.filters)) for record in RECORDS],
        "files": [(name, sorted(endpoint.known_query_parameters)) for name, endpoint in ENDPOINTS.items()],
        "limit": LIMIT,
        "limit_at_most": LIMIT_AT_MOST,
        "rate": settings.API_RATE,
    }
    return conditional(request, render(request, "api/guide.html", context))


def of_records(record: type[Records[Any]]) -> "list[URLPattern]":
    """Return the URL pattern of a list, in a list."""
    return [path(f"{record.name}/", record.as_view())]


@csrf_exempt
def one(request: HttpRequest, name: str, key: UUID) -> HttpResponse:
    """Return the record with the translation key `key` of the list `name`, or a 404 response. All lists share this
    view, so that `reverse` needs only one URL name."""
    known = {record.name: record for record in RECORDS}
    return known[name].as_view()(request, key=key) if name in known else unknown(request)


urlpatterns = [
    path("", Overview.as_view()),
    *(pattern for record in RECORDS for pattern in of_records(record)),
    path("<slug:name>/<uuid:key>/", one, name="api_record"),
    path("", router.urls),
    re_path(r"^(?P<path>.*)$", unknown),
]
