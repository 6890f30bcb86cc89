from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from core.media.access import works_here
from core.models import SiteImage

AN_HOUR = 60 * 60


@require_safe
def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture as a page shows it (one query). Nothing else of what was uploaded has an address here: an
    original may tell where it was taken, and a document goes through Wagtail's view, which asks who may read it.

    Where consent does not hold, only who works in the admin still sees it. An hour, because consent can be
    withdrawn."""
    image = SiteImage.objects.filter(renditions__file=f"images/{path}").first()
    if image is None:
        return _nothing(HTTPStatus.NOT_FOUND)
    if image.consent_holds():
        response = serve(request, path, document_root=settings.MEDIA_ROOT / "images")
        patch_cache_control(response, public=True, max_age=AN_HOUR)
        return response
    if not works_here(request.user):
        return _nothing(HTTPStatus.GONE)
    response = serve(request, path, document_root=settings.MEDIA_ROOT / "images")
    patch_cache_control(response, private=True, no_store=True)
    return response


def _nothing(status: HTTPStatus) -> HttpResponse:
    response = HttpResponse(status.phrase, status=status, content_type="text/plain")
    patch_cache_control(response, no_store=True)
    return response
