"""The site's origin and absolute URLs."""

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest


def origin(request: HttpRequest) -> str:
    """Return the origin (scheme and host) of absolute URLs: PUBLIC_BASE_URL, or that of the request if the setting
    is empty."""
    return settings.PUBLIC_BASE_URL or f"{request.scheme}://{request.get_host()}"


def absolute(request: HttpRequest, path: str) -> str:
    """Return the absolute URL of a path on this site; a URL that has a host already, as files in a bucket have,
    stays as it is."""
    if path.startswith("/") and not path.startswith("//"):
        return f"{origin(request).rstrip('/')}{path}"
    return urljoin(origin(request), path)
