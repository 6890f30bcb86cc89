"""Responses with a stored file: conditional requests, and range requests for films (RFC 9110, sections 13 and 14).

Behind nginx, nginx sends the content of public files and handles both itself.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.utils.encoding import filepath_to_uri
from django.utils.http import http_date

from core.internals.django import get_conditional_response
from core.media.storage import media_storage
from core.typed import AnyFile

STORED = "/stored/"
"""Internal location of the folder of stored files in nginx (deploy/nginx.conf.template)."""
CHUNK = 64 * 1024
RETRY_AFTER = 10
"""Seconds."""
_RANGE = re.compile(r"bytes=[ \t,]*([0-9]{0,40})-([0-9]{0,40})[ \t,]*", re.IGNORECASE)


def send(
    request: HttpRequest,
    file: FieldFile,
    content_type: str,
    public: bool,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponseBase:
    """Return the file, a part of the file (206), or 304 if the browser has the present version; if nginx is to
    send it, a response that tells nginx so. `headers` are added, except to 304.

    Public files may be cached but must be revalidated, so that a withdrawal counts from the next request on. Other
    files must not be cached. Raise FileNotFoundError or StorageAway.
    """
    assert file.name is not None  # of a row that was found by this name
    modified, size = media_storage(file.storage).state(file.name)
    response: HttpResponseBase
    if public and settings.X_ACCEL_REDIRECT and isinstance(file.storage, FileSystemStorage):
        # nginx adds the headers for range and conditional requests.
        response = HttpResponse(headers={"X-Accel-Redirect": STORED + filepath_to_uri(file.name)})
    else:
        response = _by_site(request, file, public, modified, size)
    if response.status_code != HTTPStatus.NOT_MODIFIED:
        response.headers["Content-Type"] = content_type
        for name, value in headers.items():
            response.headers[name] = value
    response.headers["X-Content-Type-Options"] = "nosniff"
    if public:
        patch_cache_control(response, public=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _by_site(
    request: HttpRequest, file: FieldFile, public: bool, modified: datetime, size: int
) -> HttpResponseBase:
    """Return the response whose content the site sends itself: 304 for a public file that the browser has, else as
    `_whole_or_part`. `modified` is when the file was stored, `size` its length in bytes."""
    changed = int(modified.timestamp())
    state = hashlib.sha256(f"{file.name} {size} {modified.timestamp()}".encode())
    etag = f'"{state.hexdigest()[:32]}"'
    response: HttpResponseBase | None = None
    if public:
        response = get_conditional_response(request, etag, changed)
    if response is None:
        response = _whole_or_part(request, file, size, (etag, http_date(changed)))
        response.headers["Accept-Ranges"] = "bytes"
    if public:
        response.headers["ETag"] = etag
        response.headers["Last-Modified"] = http_date(changed)
    return response


def unavailable() -> HttpResponse:
    """Return a response 503 with Retry-After, for a storage that does not answer."""
    response = HttpResponse(
        HTTPStatus.SERVICE_UNAVAILABLE.phrase,
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        content_type="text/plain",
        headers={"Retry-After": str(RETRY_AFTER)},
    )
    patch_cache_control(response, no_store=True)
    return response


def _whole_or_part(request: HttpRequest, file: FieldFile, size: int, states: tuple[str, str]) -> HttpResponseBase:
    """Return the part of the file that the header Range asks for (206), 416 if the part is beyond the end, or the
    file.

    The whole file is returned if there is no valid header, if it asks for several parts, if If-Range names another
    state than `states` (ETag and Last-Modified), and for other methods than GET.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    is_state = request.headers.get("If-Range", states[0]) in states
    if not asked or asked.groups() == ("", "") or not is_state or request.method != "GET":
        return _whole(file, size)
    first, last = asked.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if first and last and int(last) < int(first):
        return _whole(file, size)
    if start >= size or end < start:
        beyond = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        beyond.headers["Content-Range"] = f"bytes */{size}"
        return beyond
    length = end - start + 1
    part = StreamingHttpResponse(_chunks(_part(file, start, length), length), status=HTTPStatus.PARTIAL_CONTENT)
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    part.headers["Content-Length"] = str(length)
    return part


def _whole(file: FieldFile, size: int) -> FileResponse:
    response = FileResponse(_part(file, 0, size))
    response.headers["Content-Length"] = str(size)
    return response


def _part(file: FieldFile, start: int, length: int) -> AnyFile | BinaryIO:
    assert file.name is not None
    return media_storage(file.storage).part(file.name, start, length)


def _chunks(file: AnyFile | BinaryIO, length: int) -> Iterator[bytes]:
    """Yield `length` bytes in chunks, or fewer if the file ends, and close the file."""
    with file:
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
