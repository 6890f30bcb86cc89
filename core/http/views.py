"""Views of generated images and icons."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.design.adras import adras_svg
from core.design.colours import ACCENTS
from core.seo.pictures import looked_up, public_page

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
@cache_control(public=True, no_cache=True)
def share_picture(request: HttpRequest, page: int, digest: str) -> HttpResponse:
    """Return the share picture of the public page with the id `page`, or a redirect to the current one if `digest`
    is outdated. Raise Http404 if readers may not see the page. Caches must revalidate, although the URL contains
    the digest, as the page may be unpublished; 304 if the client has the picture."""
    shown = public_page(page)
    if shown is None:
        raise Http404
    picture = looked_up(shown)
    if digest != picture.digest:
        return HttpResponseRedirect(picture.url)
    etag = f'"{digest}"'
    if response := get_conditional_response(request, etag):
        return response
    return HttpResponse(picture.content(), content_type="image/png", headers={"ETag": etag})


@require_safe
@cache_control(public=True, max_age=A_DAY)
def touch_icon(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(staticfiles_storage.url("img/touch-icon.png"))


@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Redirect clients that request /favicon.ico without reading a page, which names an SVG icon."""
    return HttpResponseRedirect(staticfiles_storage.url("img/favicon.ico"))
