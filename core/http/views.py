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
    if accent not in ACCENTS:
        raise Http404
    return HttpResponse(adras_svg(seed, accent), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, no_cache=True)
def share_picture(request: HttpRequest, page: int, digest: str) -> HttpResponse:
    """Return the picture of a page that readers see. An address that was shared before its title changed leads to
    the picture of now. It is asked for each time, though its name tells what it shows: a page may be withdrawn."""
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
    """For what asks without reading a page; a browser finds the SVG in the page's head."""
    return HttpResponseRedirect(staticfiles_storage.url("img/favicon.ico"))
