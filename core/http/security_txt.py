"""The view of security.txt (RFC 9116)."""

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.http.origin import absolute

VALID_DAYS = 90
"""Days until the file expires, counted anew each day. RFC 9116 recommends less than a year."""


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Return security.txt (RFC 9116), which says where to report vulnerabilities. Raise Http404 if
    SECURITY_CONTACT is empty."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = timezone.now().astimezone(datetime.UTC) + datetime.timedelta(days=VALID_DAYS)
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en, ru",
        f"Canonical: {absolute(request, request.path)}",
    )
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
