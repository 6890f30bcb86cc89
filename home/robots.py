"""The view of robots.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.http.origin import absolute

AN_HOUR = 60 * 60


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt, which allows search engines everything but the admin, or nothing if INDEXED is off."""
    if settings.INDEXED:
        lines = [
            "User-agent: *",
            f"Disallow: {reverse('wagtailadmin_home')}",
            "",
            f"Sitemap: {absolute(request, reverse('sitemaps'))}",
        ]
    else:
        lines = ["User-agent: *", "Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
