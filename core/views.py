from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.adras import adras_svg
from core.colours import ACCENTS

A_YEAR = 365 * 24 * 3600


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def adras(request: HttpRequest, accent: str, seed: str) -> HttpResponse:
    if accent not in ACCENTS:
        raise Http404
    return HttpResponse(adras_svg(seed, accent), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """For what asks without reading a page; a browser finds the SVG in the page's head."""
    return HttpResponseRedirect(staticfiles_storage.url("img/favicon.ico"))
