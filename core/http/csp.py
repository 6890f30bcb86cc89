"""Content Security Policies: one for public pages, which allows only the site's own files, and one for the admin,
which allows what Wagtail needs."""

from functools import cache

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

PUBLIC = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    # Not 'none': the admin shows previews in a frame.
    "frame-ancestors": [SELF],
}

# Wagtail's date, time and inline panels need inline scripts, Draftail needs style attributes, and previews of
# files before their upload need data: and blob:.
ADMIN = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}


@cache
def _admin_path() -> str:
    return reverse("wagtailadmin_home")


class PolicyMiddleware(CSPMiddleware):
    """Middleware that sends the policy for the admin or for public pages, by the path of the request, unless the
    view has a policy of its own."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only:
            parts.config = ADMIN if request.path_info.startswith(_admin_path()) else PUBLIC
        return parts
