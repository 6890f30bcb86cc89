"""Headers that Django does not set. Django's SecurityMiddleware sets Cross-Origin-Opener-Policy and the others."""

from django.http import HttpRequest, HttpResponseBase

UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope"),
    *("hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)
"""What no page of this site asks a browser for, not even one with a hole in it."""
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)

EMBEDDED = ("/media/", "/share/", "/api/", "/static/")
"""What other sites may show: pictures in feeds, previews of links, data. Only what anybody may keep."""


class HeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", _resource_policy(request, response))
        return response


def _resource_policy(request: HttpRequest, response: HttpResponseBase) -> str:
    is_public = "public" in response.headers.get("Cache-Control", "")
    return "cross-origin" if is_public and request.path_info.startswith(EMBEDDED) else "same-origin"
