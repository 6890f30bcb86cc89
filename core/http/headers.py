"""Security headers that Django's SecurityMiddleware does not set."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope"),
    *("hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)
"""Browser features that no page of this site uses, and that injected code must not use either."""
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)

EMBEDDED = ("/media/", "/share/", "/api/", "/static/")
"""Paths whose publicly cacheable responses other sites may embed: images in feeds, link previews, data."""


class HeadersMiddleware:
    """Middleware that sets Permissions-Policy and Cross-Origin-Resource-Policy where the response does not have
    them. Other sites may embed only publicly cacheable responses of the paths in EMBEDDED."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", _resource_policy(request, response))
        return response


def _resource_policy(request: HttpRequest, response: HttpResponseBase) -> str:
    is_public = "public" in response.headers.get("Cache-Control", "")
    return "cross-origin" if is_public and request.path_info.startswith(EMBEDDED) else "same-origin"
