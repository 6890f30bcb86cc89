"""What readers' programs fetch again and again: names that never change, and answers that say whether anything
has changed."""

import datetime
import hashlib
import time
import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

A_QUARTER_OF_AN_HOUR = 15 * 60


def stable_id(key: uuid.UUID, code: str, what: str = "") -> uuid.UUID:
    """Of a thing in one language, whatever becomes of its address and title."""
    return uuid.uuid5(key, f"{what}/{code}")


def conditional(
    request: HttpRequest,
    response: HttpResponse,
    last_modified: datetime.datetime | None = None,
    max_age: int = A_QUARTER_OF_AN_HOUR,
) -> HttpResponse:
    """With an ETag of its content, and 304 where the asker has it already. Whoever sends an ETag is answered by
    it alone."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    timestamp = int(last_modified.timestamp()) if last_modified else None
    if timestamp is not None:
        # `core.changes` rounds up, and a header must not name what is still to come.
        response.headers["Last-Modified"] = http_date(min(timestamp, int(time.time())))
    patch_cache_control(response, public=True, max_age=max_age)
    return get_conditional_response(request, etag, timestamp, response)
