"""Request ids, which are added to log records and responses."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")

_current: ContextVar[str] = ContextVar("request_id", default="-")


def current() -> str:
    """Return the id of the request that this thread handles or has just handled; "-" if it has handled none."""
    return _current.get()


class RequestIdMiddleware:
    """Middleware that sets the id of a request: a well-formed X-Request-ID of the proxy, or a new id. The response
    has the header only if the request had it or if it is a server error, so that others stay cacheable."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get(HEADER, "")
        is_known = bool(WELL_FORMED.fullmatch(sent))
        # Not reset afterwards, because Django logs errors after all middleware has returned.
        _current.set(sent if is_known else uuid.uuid4().hex)
        response = self.get_response(request)
        if is_known or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            response.headers[HEADER] = current()
        return response


class RequestIdFilter(logging.Filter):
    """A filter that sets `request_id` of each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current()
        return True
