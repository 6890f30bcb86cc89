"""The id of a request, which stands in all that is logged while it is answered and in the answer."""

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
    """Return the id of the request that this thread answers or has just answered, or `-`."""
    return _current.get()


class RequestIdMiddleware:
    """Take the proxy's id where it is well-formed, else make one. The answer has it where it was sent or where
    something failed: other answers are the same for everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get(HEADER, "")
        is_known = bool(WELL_FORMED.fullmatch(sent))
        # Not reset afterwards: Django logs errors when all middleware has returned.
        _current.set(sent if is_known else uuid.uuid4().hex)
        response = self.get_response(request)
        if is_known or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            response.headers[HEADER] = current()
        return response


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current()
        return True
