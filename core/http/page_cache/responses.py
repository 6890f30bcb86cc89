"""What the page cache stores, and how it answers with it."""

import gzip
import hashlib
import json
import struct
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import brotli

from core.stamps.cdn import headers_of

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]

TYPES = ("text/html", "application/atom+xml", "application/xml", "text/calendar")
BROTLI_QUALITY = 5
_LENGTH = struct.Struct(">I")
_OF_ONE_RESPONSE = {"content-length", "x-request-id", "etag", "cache-control", "vary", "date"}
"""Headers that are not stored."""
CACHE_CONTROL = ("Cache-Control", "public, no-cache")
"""Browsers ask each time whether their copy is still valid, so that nothing removed is shown."""
VARY = ("Vary", "Accept-Encoding")


@dataclass
class Entry:
    """A stored response. `stamp`: the last stamp when its rendering began; `places`: of its tags; `fresh_until`
    and `ends`: times (seconds since 1970) from which it is old, and from which it must not be shown."""

    headers: Headers
    etag: str
    bodies: dict[str, bytes]
    stamp: int
    places: list[int]
    fresh_until: float
    ends: float | None
    checked: int = field(default=0, compare=False)

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, about."""
        return sum(map(len, self.bodies.values())) + 8 * len(self.places) + 1_000

    def packed(self) -> bytes:
        """Return the entry as bytes: the length of a header in JSON, this header, the bodies."""
        head = {
            "headers": self.headers,
            "etag": self.etag,
            "bodies": {name: len(body) for name, body in self.bodies.items()},
            "stamp": self.stamp,
            "places": self.places,
            "fresh_until": self.fresh_until,
            "ends": self.ends,
        }
        encoded = json.dumps(head).encode()
        return b"".join([_LENGTH.pack(len(encoded)), encoded, *self.bodies.values()])

    @classmethod
    def unpacked(cls, data: bytes) -> "Entry":
        """Return the entry that `packed` has written. Raise ValueError or KeyError if it is damaged."""
        if len(data) < _LENGTH.size:
            raise ValueError("The entry is cut off.")
        start = _LENGTH.size + _LENGTH.unpack_from(data)[0]
        head = json.loads(data[_LENGTH.size : start])
        bodies = {}
        for name, length in head.pop("bodies").items():
            bodies[name] = data[start : start + length]
            start += length
        if start != len(data):
            raise ValueError("The entry is cut off.")
        return cls(bodies=bodies, headers=[(name, value) for name, value in head.pop("headers")], **head)


def is_storable(status: str, headers: Iterable[tuple[str, str]]) -> bool:
    """Return whether a response is the same for everybody: a page, feed or sitemap that sets no cookie, varies
    with nothing, and does not forbid to be stored."""
    found = {name.lower(): value for name, value in headers}
    cache_control = found.get("cache-control")
    varies = {each.strip().lower() for each in found.get("vary", "").split(",")} - {"accept-encoding", ""}
    return (
        status.startswith("200")
        and found.get("content-type", "").startswith(TYPES)
        and "set-cookie" not in found
        and not varies
        and "content-encoding" not in found
        and cache_control in (None, CACHE_CONTROL[1])
    )


def entry_of(headers: Headers, body: bytes, **validity: Any) -> Entry:
    """Return the entry for a response, compressed in both ways that browsers know. `validity`: its stamp, places,
    `fresh_until` and `ends`."""
    kept = [(name, value) for name, value in headers if name.lower() not in _OF_ONE_RESPONSE]
    bodies = {"br": brotli.compress(body, quality=BROTLI_QUALITY), "gzip": gzip.compress(body, 6, mtime=0)}
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Entry(headers=kept, etag=etag, bodies=bodies, **validity)


def answer(entry: Entry, environ: dict[str, Any], start_response: StartResponse, how: str) -> list[bytes]:
    """Answer a request with an entry: 304 if the client has it already. `how`: the value of Cache-Status
    (RFC 9211)."""
    common = [("ETag", entry.etag), CACHE_CONTROL, VARY, ("Cache-Status", f"site; {how}")]
    common += headers_of(entry.places)
    if is_known(entry, environ):
        start_response(
            "304 Not Modified", [*(each for each in entry.headers if each[0] == "Last-Modified"), *common]
        )
        return []
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    coding = next((each for each in entry.bodies if accepts(each, accepted)), "")
    body = entry.bodies[coding] if coding else gzip.decompress(entry.bodies["gzip"])
    headers = [*entry.headers, *common, ("Content-Length", str(len(body)))]
    if coding:
        headers.append(("Content-Encoding", coding))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def accepts(coding: str, accepted: str) -> bool:
    """Return whether an Accept-Encoding header names a coding without refusing it by q=0."""
    for part in accepted.split(","):
        name, _semicolon, weight = part.partition(";")
        if name.strip().lower() == coding:
            return weight.replace(" ", "").rstrip("0").rstrip(".") != "q="
    return False


def is_known(entry: Entry, environ: dict[str, Any]) -> bool:
    """Return whether the client has the response already, by If-None-Match or else If-Modified-Since
    (RFC 9110, 13.2.2)."""
    if tags := environ.get("HTTP_IF_NONE_MATCH"):
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or entry.etag.removeprefix("W/") in known
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    modified = dict(entry.headers).get("Last-Modified")
    if not since or not modified:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False


def now() -> float:
    return time.time()
