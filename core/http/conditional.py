"""Stable ids and conditional responses (RFC 9110) for feeds, calendars and API responses, which programs fetch
again and again."""

import datetime
import hashlib
import logging
import time
import uuid
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import http_date

from core.internals.django import get_conditional_response
from core.stamps.file import places_of
from core.stamps.stamping import stamp_file

logger = logging.getLogger(__name__)


def stable_id(key: uuid.UUID, code: str, what: str = "") -> uuid.UUID:
    """Return the UUID of an object, given by its translation key, in the language `code`, which does not depend on
    its URL and title. `what` tells apart several ids of one object."""
    return uuid.uuid5(key, f"{what}/{code}")


def changed_at(tags: Iterable[str]) -> datetime.datetime | None:
    """Return when one of these tags was last stamped, as the beginning of the next second; None if the stamps do
    not say. HTTP knows only whole seconds: of two states in one second the later one must look later."""
    try:
        newest = stamp_file().newest(places_of(tags))
    except OSError as error:
        logger.warning("The stamps cannot be read: %s", error)
        return None
    if not newest:
        return None
    # A removal that is not committed yet has a stamp in the future.
    now = int(timezone.now().timestamp() * 1_000_000)
    return datetime.datetime.fromtimestamp(min(newest, now) // 1_000_000 + 1, datetime.UTC)


def latest(*days: datetime.datetime | None) -> datetime.datetime | None:
    """Return the latest of these times, or None if none is known."""
    return max((day for day in days if day), default=None)


def conditional(
    request: HttpRequest,
    response: HttpResponse,
    last_modified: datetime.datetime | None = None,
) -> HttpResponse:
    """Return the response with an ETag of its content and, if `last_modified` is given, Last-Modified, or a 304
    response if the client has the content already. If-None-Match takes precedence over If-Modified-Since. Caches
    must revalidate each time (`no-cache`), so that no copy outlives a withdrawal of consent."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    timestamp = int(last_modified.timestamp()) if last_modified else None
    if timestamp is not None:
        response.headers["Last-Modified"] = http_date(min(timestamp, int(time.time())))
    patch_cache_control(response, public=True, no_cache=True)
    return get_conditional_response(request, etag, timestamp, response) or response
