"""What readers' programs fetch again and again: names that never change, and answers that say whether anything
has changed."""

import datetime
import hashlib
import time
import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from core.changes import last_unwritten, latest


def stable_id(key: uuid.UUID, code: str, what: str = "") -> uuid.UUID:
    """Of a thing in one language, whatever becomes of its address and title."""
    return uuid.uuid5(key, f"{what}/{code}")


def conditional(
    request: HttpRequest,
    response: HttpResponse,
    last_modified: datetime.datetime | None = None,
) -> HttpResponse:
    """With an ETag of its content, and 304 where the asker has it already. Whoever sends an ETag is answered by
    it alone. Whoever keeps it has to ask each time, so that no copy outlives a withdrawal."""
    last_modified = last_modified and latest(last_modified, last_unwritten())
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    timestamp = int(last_modified.timestamp()) if last_modified else None
    if timestamp is not None:
        # `core.changes` rounds up, and a header must not name what is still to come.
        response.headers["Last-Modified"] = http_date(min(timestamp, int(time.time())))
    patch_cache_control(response, public=True, no_cache=True)
    return get_conditional_response(request, etag, timestamp, response)
