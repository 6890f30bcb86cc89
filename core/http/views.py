"""Views of patterns and icons."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.design.adras import adras_svg
from core.design.colours import ACCENTS

A_DAY = 24 * 3600
A_YEAR = 365 * 24 * 3600


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def adras(request: HttpRequest, accent: str, seed: str) -> HttpResponse:
    """Return the adras pattern of a seed and an accent's name as SVG, cacheable for a year. Raise Http404 for an
    unknown accent."""
    if accent not in ACCENTS:
        raise Http404
    return HttpResponse(adras_svg(seed, accent), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def touch_icon(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(static("img/touch-icon.png"))


@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Redirect clients that request /favicon.ico without reading a page, which names an SVG icon."""
    return HttpResponseRedirect(static("img/favicon.ico"))
