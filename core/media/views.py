"""Views that send images and documents, to those to whom `core.media.access` allows this.

The response for a file that must not be shown is the same as for a file that does not exist, in status, headers
and body, so that nobody learns that the file exists.
"""

import datetime
import re
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from core.internals.wagtail_models import CollectionViewRestriction, document_served
from core.media.access import in_collections, may_open, public
from core.media.models import SiteImage, SiteRendition
from core.media.sending import send, unavailable
from core.media.storage import StorageAway
from core.prepared import Prepared
from core.visibility import Viewpoint

LONGEST_NAME = SiteRendition._meta.get_field("file").max_length
LARGEST_KEY = 2**31 - 1
LONGEST_TITLE = 80
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
"""Content types by extension. Those of the module `mimetypes` depend on the machine."""
PLAYED = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'"
"""Content-Security-Policy of a film or sound that is opened by its own URL, for which browsers make a page."""
_UNFIT_FOR_A_NAME = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|.]+')


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return a rendition of an image that readers see, or that is open to this visitor; else 404, or 503 if the
    storage does not answer. Other stored files are not served here: an uploaded image may show more than its
    people agreed to, and documents have a view of their own."""
    rendition = _rendition(path)
    is_public = rendition is not None and bool(rendition.is_public)
    # The session is read whether or not there is a rendition, see has_session().
    is_open = is_public or (has_session(request) and rendition is not None and may_open(request, rendition.image))
    if rendition is None or not is_open:
        return _nothing()
    content_type = CONTENT_TYPES.get(PurePath(rendition.file.name).suffix, "application/octet-stream")
    try:
        return send(request, rendition.file, content_type, is_public)
    except FileNotFoundError:
        return _nothing()
    except StorageAway:
        return unavailable()


@require_safe
def document(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """Return a document that readers see or that is open to this visitor, or a page that asks for the password or
    log-in of its collection; 503 if the storage does not answer. Raise Http404 for others.

    Wagtail's own view is not used, as it compares ETags before it checks whether the document may be seen.
    """
    found = _document(pk, name)
    is_public = found is not None and bool(found.is_public)
    if not is_public:
        known = has_session(request)
        if found is None or not (found.is_restricted or (known and may_open(request, found))):
            raise Http404
        # Wagtail's own hook asks for password or log-in of a private collection, which has no public documents.
        for check in hooks.get_hooks("before_serve_document"):
            if isinstance(answer := check(found, request), HttpResponse):
                return answer
    assert found is not None  # else it is not public
    as_attachment = found.content_disposition != "inline"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment, download_name(found)),
        "Content-Security-Policy": "default-src 'none'" if as_attachment else PLAYED,
    }
    try:
        response = send(request, found.file, found.content_type, is_public, headers)
    except FileNotFoundError:
        raise Http404 from None
    except StorageAway:
        return unavailable()
    document_served.send(sender=type(found), instance=found, request=request)
    return response


def download_name(document: AbstractDocument) -> str:
    """Return the name of a downloaded file, made from the title (at most LONGEST_TITLE characters) and the
    extension, as stored names are random."""
    extension = f".{document.file_extension}"
    title = _UNFIT_FOR_A_NAME.sub(" ", document.title.removesuffix(extension))
    return f"{' '.join(title.split())[:LONGEST_TITLE] or 'document'}{extension}"


@require_safe
def no_document(request: HttpRequest) -> HttpResponseBase:
    """Raise Http404 for a URL that no document can have, with the same headers as for a missing document."""
    has_session(request)
    raise Http404


def has_session(request: HttpRequest) -> bool:
    """Return whether the visitor has any session, such as that of a login, also before the second factor, or of a
    page's password.

    Views must call this for everything that is not public, even for files that do not exist, since reading the
    session changes the headers of the response.
    """
    return request.user.is_authenticated or not request.session.is_empty()


def _rendition(name: str) -> SiteRendition | None:
    """Return the rendition of this file name with `is_public` (whether readers see it), or None."""
    # PostgreSQL does not accept NUL in texts.
    if "\0" in name or len(name) > LONGEST_NAME:
        return None
    viewpoint = Viewpoint()
    return next(iter(_renditions.rows(name=name, now=viewpoint.now, today=viewpoint.today)), None)


def _build_renditions(name: str, now: datetime.datetime, today: datetime.date) -> QuerySet[Any]:
    """Return the rendition of this file name, as a queryset, annotated with `is_public`: whether readers see its
    image."""
    shown = public(SiteImage.objects.filter(pk=OuterRef("image_id")), Viewpoint(now=now, today=today))
    return SiteRendition.objects.filter(file=name).annotate(is_public=Exists(shown))


def _document(pk: int, name: str) -> AbstractDocument | None:
    if pk > LARGEST_KEY:
        return None
    viewpoint = Viewpoint()
    row = next(iter(_documents.rows(pk=pk, now=viewpoint.now, today=viewpoint.today)), None)
    return row if row is not None and row.filename == name else None


def _build_documents(pk: int, now: datetime.datetime, today: datetime.date) -> QuerySet[Any]:
    """Return the document with this key, as a queryset, annotated with `is_public` (whether readers see it) and
    `is_restricted` (whether its collection is private)."""
    documents = get_document_model().objects
    shown = public(documents.filter(pk=OuterRef("pk")), Viewpoint(now=now, today=today))
    restricted = in_collections(CollectionViewRestriction.objects.all())
    return documents.filter(pk=pk).annotate(is_public=Exists(shown), is_restricted=restricted)


def _nothing() -> HttpResponse:
    response = HttpResponse(HTTPStatus.NOT_FOUND.phrase, status=HTTPStatus.NOT_FOUND, content_type="text/plain")
    patch_cache_control(response, no_store=True)
    return response


_SAMPLES = {
    "now": datetime.datetime(2000, 1, 1, 1, 1, 1, 1, datetime.UTC),
    "today": datetime.date(2000, 1, 2),
}
_renditions = Prepared(_build_renditions, name="images/sample.webp", **_SAMPLES)
_documents = Prepared(_build_documents, pk=LARGEST_KEY - 1, **_SAMPLES)
