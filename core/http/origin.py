from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest


def origin(request: HttpRequest) -> str:
    """The one that the site is to be known by, whatever other name it was asked by."""
    return settings.PUBLIC_BASE_URL or f"{request.scheme}://{request.get_host()}"


def absolute(request: HttpRequest, path: str) -> str:
    """Also of what has a host of its own, as files elsewhere have."""
    return urljoin(origin(request), path)
