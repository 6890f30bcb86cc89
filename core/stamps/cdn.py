"""Purging of a content delivery network (CDN) by the tags of pages.

Responses name their tags in the headers that Cloudflare (Cache-Tag) and Fastly (Surrogate-Key) read. What is
stamped is purged by recorded work, which repeats a purge until the CDN has confirmed it.
"""

from collections.abc import Iterable
from json import dumps
from urllib.request import Request, urlopen

from django.conf import settings

from core import work
from core.stamps.file import places_of

WORK = "cdn_purges"
"""The name of the recorded work. Its keys are names of tags with spaces between them."""
AT_ONCE = 30
"""Tags in one purge; Cloudflare takes 30."""
PATIENCE = 10
"""Seconds to wait for the CDN."""
KEPT = 24 * 3600
"""Seconds for which the CDN keeps a page that is not purged."""


def names_of(places: Iterable[int]) -> list[str]:
    """Return the names by which a CDN knows tags, given by their places in the file of stamps."""
    return [f"{place:05x}" for place in places]


def headers_of(places: Iterable[int]) -> list[tuple[str, str]]:
    """Return the headers by which a CDN keeps a response and knows its tags; none without a CDN."""
    if not settings.CDN_PURGE_URL:
        return []
    names = names_of(places)
    return [
        ("CDN-Cache-Control", f"max-age={KEPT}"),
        ("Surrogate-Control", f"max-age={KEPT}"),
        ("Cache-Tag", ",".join(names)),
        ("Surrogate-Key", " ".join(names)),
    ]


def record(tags: Iterable[str]) -> None:
    """Record in the running transaction that the CDN has to forget what was made of these tags."""
    if settings.CDN_PURGE_URL:
        names = names_of(places_of(tags))
        work.record(WORK, (" ".join(names[start : start + AT_ONCE]) for start in range(0, len(names), AT_ONCE)))


def purge(keys: list[str]) -> None:
    """Have the CDN forget what has these tags (recorded work). Raise OSError if it does not confirm."""
    for key in keys:
        request = Request(
            settings.CDN_PURGE_URL,
            data=dumps({"tags": key.split()}).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {settings.CDN_PURGE_TOKEN}",
                "Fastly-Key": settings.CDN_PURGE_TOKEN,
                "Surrogate-Key": key,
            },
        )
        # An answer other than 2xx is an HTTPError, which is an OSError.
        with urlopen(request, timeout=PATIENCE):
            pass


def connect() -> None:
    """Register purging of the CDN as recorded work."""
    work.register(WORK, purge, outside=True)
