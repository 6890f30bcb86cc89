"""A stored file as an answer: kept by browsers only while it is public, and in parts where a film is sought (RFC
9110, section 14). Behind nginx the bytes of public files are sent by nginx, which does the same."""

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
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.encoding import filepath_to_uri
from django.utils.http import http_date

STORED = "/stored/"
"""Where nginx finds the folder of stored files; nobody else is answered there (deploy/nginx.conf.template)."""
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
    """Return the file, a part of it (206), or 304 where the browser has it already.

    What is public may be kept and is asked for again each time, so that a withdrawal counts from the next request
    on. What is not is kept by nobody. Raises FileNotFoundError and StorageAway.
    """
    modified, size = file.storage.state(file.name)
    if public and settings.X_ACCEL_REDIRECT and isinstance(file.storage, FileSystemStorage):
        # nginx adds what a browser needs to ask for parts and for changes.
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
    changed = int(modified.timestamp())
    state = hashlib.sha256(f"{file.name} {size} {modified.timestamp()}".encode())
    etag = f'"{state.hexdigest()[:32]}"'
    response = get_conditional_response(request, etag, changed) if public else None
    if response is None:
        response = _whole_or_part(request, file, size, (etag, http_date(changed)))
        response.headers["Accept-Ranges"] = "bytes"
    if public:
        response.headers["ETag"] = etag
        response.headers["Last-Modified"] = http_date(changed)
    return response


def unavailable() -> HttpResponse:
    """Return 503 with Retry-After: the file may be sent, but the storage does not answer."""
    response = HttpResponse(
        HTTPStatus.SERVICE_UNAVAILABLE.phrase,
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        content_type="text/plain",
        headers={"Retry-After": str(RETRY_AFTER)},
    )
    patch_cache_control(response, no_store=True)
    return response


def _whole_or_part(request: HttpRequest, file: FieldFile, size: int, states: tuple[str, str]) -> HttpResponseBase:
    """A header that cannot be read, asks for several parts or is of an older state is answered with the whole, and
    so is anything but GET."""
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
    part = StreamingHttpResponse(
        _chunks(file.storage.part(file.name, start, length), length), status=HTTPStatus.PARTIAL_CONTENT
    )
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    part.headers["Content-Length"] = str(length)
    return part


def _whole(file: FieldFile, size: int) -> FileResponse:
    response = FileResponse(file.storage.part(file.name, 0, size))
    response.headers["Content-Length"] = str(size)
    return response


def _chunks(file: BinaryIO, length: int) -> Iterator[bytes]:
    with file:
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
