"""A stored file as an answer: kept by browsers only while it is public, and in parts where a film is sought."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import BinaryIO

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

CHUNK = 64 * 1024
RETRY_AFTER = 10
"""Seconds."""
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


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
    state = hashlib.sha256(f"{file.name} {size} {modified.timestamp()}".encode())
    etag = f'"{state.hexdigest()[:32]}"'
    response = get_conditional_response(request, etag, int(modified.timestamp())) if public else None
    if response is None:
        response = _whole_or_part(request, file, size, etag)
        response.headers["Content-Type"] = content_type
        response.headers["Accept-Ranges"] = "bytes"
        for name, value in headers.items():
            response.headers[name] = value
    response.headers["X-Content-Type-Options"] = "nosniff"
    if public:
        response.headers["ETag"] = etag
        response.headers["Last-Modified"] = http_date(modified.timestamp())
        patch_cache_control(response, public=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
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


def _whole_or_part(request: HttpRequest, file: FieldFile, size: int, etag: str) -> HttpResponseBase:
    """A header that cannot be read, asks for several parts or is of an older state is answered with the whole."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or asked.groups() == ("", "") or request.headers.get("If-Range", etag) != etag:
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
