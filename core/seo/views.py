"""View of the share pictures of pages."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.internals.django import get_conditional_response
from core.seo.pictures import looked_up, public_page


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
