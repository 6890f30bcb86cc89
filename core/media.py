from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
@cache_control(public=True, max_age=60 * 60)
def rendition(request: HttpRequest, path: str) -> FileResponse:
    """A picture as a page shows it. Nothing else of what was uploaded has an address here: an original may
    tell where it was taken, and a document goes through Wagtail's view, which asks who may read it. An hour,
    because consent can be withdrawn."""
    return serve(request, path, document_root=settings.MEDIA_ROOT / "images")
