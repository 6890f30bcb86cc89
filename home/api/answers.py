"""Base of all API views: no authentication, throttled by address, cacheable, always JSON. Also the checks of
parameters that all endpoints share."""

import re
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import APIException
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView, set_rollback

from core.http.conditional import conditional
from core.internals.wagtail_api import BadRequestError
from core.languages.site_languages import all_languages
from core.throttling.reading import seconds_to_wait

LIMIT, LIMIT_AT_MOST = 20, 100
OFFSET_AT_MOST = 1_000_000
LONGEST_VALUE = 200


class Throttle(BaseThrottle):
    """Throttle by the network of the client, at the rate of API_RATE."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        self.seconds = seconds_to_wait(request, "api", settings.API_RATE)
        return not self.seconds

    def wait(self) -> int:
        return self.seconds


class OnlyJSON(BaseContentNegotiation):
    """Content negotiation that always selects JSON, whatever the Accept header says."""

    def select_parser(self, request: Request, parsers: list[Any]) -> object | None:
        return parsers[0] if parsers else None

    def select_renderer(
        self, request: Request, renderers: list[Any], format_suffix: str | None = None
    ) -> tuple[Any, ...]:
        return renderers[0], renderers[0].media_type


class Answering(APIView):
    """Base of all views of the API. Views of Wagtail name it before Wagtail's class. It sets `code`, the language
    code of the `locale` parameter, and activates that language."""

    renderer_classes = [JSONRenderer]
    parser_classes: list[Any] = []
    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    throttle_classes = [Throttle]
    content_negotiation_class = OnlyJSON

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_values(request.GET)
        self.code = language_of(request.GET)
        translation.activate(self.code)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Language"] = getattr(self, "code", settings.LANGUAGE_CODE)
        # The API is public, so scripts of other sites may read it.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.render()
        if response.status_code != HTTPStatus.OK or request.method == "OPTIONS":
            response.headers["Cache-Control"] = "no-store"
            return response
        return conditional(request, response)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Http404):
            return said("Not found.", HTTPStatus.NOT_FOUND)
        # Wagtail's filters raise these for values that are not numbers or too large for the database.
        if isinstance(exc, BadRequestError | ValueError | ValidationError | OverflowError | DataError):
            set_rollback()
            message = str(exc) if isinstance(exc, BadRequestError) else "A value cannot be read."
            return said(message, HTTPStatus.BAD_REQUEST)
        response = super().handle_exception(exc)
        if isinstance(exc, APIException):
            response.data = {"message": str(exc.detail)}
        return response


def said(message: str, status: HTTPStatus) -> Response:
    """Return an error response with this status and a JSON object with the message."""
    response = Response({"message": message}, status=status)
    response.exception = True
    return response


def check_values(parameters: QueryDict) -> None:
    """Raise BadRequestError if a parameter is repeated, longer than LONGEST_VALUE or not printable, or if `offset`
    or `limit` is out of range."""
    for name, values in parameters.lists():
        if len(values) > 1:
            raise BadRequestError(f"{name[:40]!r} is given more than once")
        if len(values[0]) > LONGEST_VALUE or not values[0].isprintable() or "\ufffd" in values[0]:
            raise BadRequestError(f"{name[:40]!r} has a value that cannot be read")
    number(parameters, "offset", 0, OFFSET_AT_MOST)
    number(parameters, "limit", LIMIT, LIMIT_AT_MOST)


def number(parameters: QueryDict, name: str, default: int, at_most: int) -> int:
    """Return the parameter `name` as an integer from 0 to `at_most`, or `default` if it is not given. Raise
    BadRequestError if it is anything else."""
    value = parameters.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) > at_most:
        raise BadRequestError(f"{name} must be a number from 0 to {at_most}")
    return int(value)


def language_of(parameters: QueryDict, name: str = "locale") -> str:
    """Return the language code in the parameter `name`, LANGUAGE_CODE if it is not given. Raise BadRequestError if
    the site does not have the language."""
    code = parameters.get(name, settings.LANGUAGE_CODE)
    if code not in {each.code for each in all_languages()}:
        raise BadRequestError(f"{name} must be one of {', '.join(each.code for each in all_languages())}")
    return code


def uuid_of(value: str) -> UUID:
    """Return the value as a UUID. Raise BadRequestError if it is none."""
    try:
        return UUID(value)
    except ValueError:
        raise BadRequestError(f"{value!r} is no id") from None


@csrf_exempt
def unknown(request: HttpRequest, path: str = "") -> HttpResponse:
    """Return a 404 response in JSON, for every other address of the API. `path` is not used."""
    return NotThere.as_view()(request)


class NotThere(Answering):
    """A view that answers 404 to whatever it is asked."""

    def get(self, request: Request) -> Response:
        raise Http404
