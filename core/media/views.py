"""The addresses of images and documents. Each asks `core.media.access`, and answers for what it does not show as
for what was never there: status, headers and body are the same, so that nobody learns that a file exists."""

import mimetypes
from http import HTTPStatus

from django.db.models import Exists, Model, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served
from wagtail.models import CollectionViewRestriction

from core.media.access import in_collections, may_open, public
from core.media.sending import send
from core.models import SiteImage, SiteRendition

LONGEST_NAME = SiteRendition._meta.get_field("file").max_length


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return a rendition. Nothing else that was uploaded has an address here: an original may show more than
    people agreed to, and a document has an address of its own."""
    rendition = _rendition(path)
    is_public = rendition is not None and rendition.is_public
    if not is_public:
        open_session(request)
    if rendition is None or not (is_public or may_open(request, rendition.image)):
        return _nothing()
    content_type = mimetypes.guess_type(rendition.file.name)[0] or "application/octet-stream"
    try:
        return send(request, rendition.file, content_type, is_public)
    except FileNotFoundError:
        return _nothing()


@require_safe
def document(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """Return a document, or what asks for the password or log-in of its collection. Raises Http404.

    Stands in place of Wagtail's view, which compares ETags before it asks whether the document may be seen."""
    found = _document(pk, name)
    is_public = found is not None and found.is_public
    if not is_public:
        open_session(request)
        if found is None or not (found.is_restricted or may_open(request, found)):
            raise Http404
        # Wagtail's own asks for what opens a collection, and a public document is in none that is closed.
        for check in hooks.get_hooks("before_serve_document"):
            if isinstance(answer := check(found, request), HttpResponse):
                return answer
    headers = {
        "Content-Disposition": content_disposition_header(found.content_disposition != "inline", found.filename),
        "Content-Security-Policy": "default-src 'none'",
    }
    try:
        response = send(request, found.file, found.content_type, is_public, headers)
    except FileNotFoundError:
        raise Http404 from None
    document_served.send(sender=type(found), instance=found, request=request)
    return response


@require_safe
def no_document(request: HttpRequest) -> HttpResponseBase:
    """Answer for an address that no document can have. Raises Http404."""
    open_session(request)
    raise Http404


def open_session(request: HttpRequest) -> None:
    """Read who asks, before it is known whether there is anything to be seen: the headers say that the session was
    read, and must not say it of hidden files alone."""
    _ = request.user.is_authenticated


def _rendition(name: str) -> SiteRendition | None:
    # PostgreSQL takes no NUL in a text.
    if "\0" in name or len(name) > LONGEST_NAME:
        return None
    shown = public(SiteImage.objects.filter(pk=OuterRef("image_id")))
    found = SiteRendition.objects.filter(file=name).annotate(is_public=Exists(shown))
    return found.select_related("image").first()


def _document(pk: int, name: str) -> Model | None:
    documents = get_document_model().objects
    shown = public(documents.filter(pk=OuterRef("pk")))
    restricted = in_collections(CollectionViewRestriction.objects.all())
    found = documents.annotate(is_public=Exists(shown), is_restricted=restricted)
    row = found.select_related("collection").filter(pk=pk).first()
    return row if row is not None and row.filename == name else None


def _nothing() -> HttpResponse:
    response = HttpResponse(HTTPStatus.NOT_FOUND.phrase, status=HTTPStatus.NOT_FOUND, content_type="text/plain")
    patch_cache_control(response, no_store=True)
    return response
