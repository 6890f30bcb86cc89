"""Which requests the page cache answers, and under which key a response is stored."""

import re
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

Environ = dict[str, Any]

METHODS = ("GET", "HEAD")
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid")
"""Parameters that other sites add to links, and that change nothing of a page."""
_PAGE = re.compile(r"[1-9]\d{0,3}")
_LONGEST = 1_000
_SITEMAPS = re.compile(r"/sitemap[\w-]*\.xml")


def key_of(environ: Environ) -> str | None:
    """Return the key of a request, or None if the page cache does not answer it: requests that change something,
    of somebody who may have a session, with parameters that choose what is shown (other than the number of a
    page), or outside of the public pages."""
    if environ["REQUEST_METHOD"] not in METHODS or "HTTP_AUTHORIZATION" in environ:
        return None
    path = environ.get("PATH_INFO", "")
    if not is_public(path) or has_session(environ.get("HTTP_COOKIE", "")):
        return None
    query = kept_query(environ.get("QUERY_STRING", ""))
    scheme = environ.get("HTTP_X_FORWARDED_PROTO", environ["wsgi.url_scheme"])
    key = f"{scheme}://{environ.get('HTTP_HOST', '').lower()}{path}?{query}"
    return None if query is None or scheme not in ("http", "https") or len(key) > _LONGEST else key


def is_public(path: str) -> bool:
    """Return whether a path is one of the pages and feeds under a language, or a sitemap."""
    code = path[1:].partition("/")[0]
    return code in dict(settings.LANGUAGES) or bool(_SITEMAPS.fullmatch(path))


def has_session(cookies: str) -> bool:
    """Return whether a Cookie header has a session or messages, or cannot be read."""
    if not cookies:
        return False
    try:
        names = SimpleCookie(cookies)
    except CookieError:
        return True
    return settings.SESSION_COOKIE_NAME in names or "messages" in names or not names


def kept_query(query: str) -> str | None:
    """Return a query string without the parameters that change nothing, or None if others than the number of a
    page are left."""
    if not query:
        return ""
    kept = [
        (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not TRACKING.fullmatch(name)
    ]
    if not kept:
        return ""
    is_page = len(kept) == 1 and kept[0][0] == "page" and _PAGE.fullmatch(kept[0][1])
    return urlencode(kept) if is_page else None


def for_rendering(environ: Environ) -> Environ:
    """Return the request that is rendered for everybody: a GET without conditions and tracking."""
    query = kept_query(environ.get("QUERY_STRING", "")) or ""
    dropped = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_COOKIE", "HTTP_RANGE")
    kept = {name: value for name, value in environ.items() if name not in dropped}
    return {**kept, "REQUEST_METHOD": "GET", "QUERY_STRING": query, MARK: True}


MARK = "page_cache.rendering"
"""Set in the request while a page is rendered to be stored; the page cache compresses it itself."""
