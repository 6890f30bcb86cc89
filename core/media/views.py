"""The addresses of images and documents. Each asks `core.media.access`, and answers for what it does not show as
for what was never there: status, headers and body are the same, so that nobody learns that a file exists."""

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
from wagtail.documents.models import document_served
from wagtail.models import CollectionViewRestriction

from core.media.access import in_collections, may_open, public
from core.media.prepared import Prepared
from core.media.sending import send, unavailable
from core.media.storage import StorageAway
from core.models import SiteImage, SiteRendition
from core.typed import AdminRequest, Translatable
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
"""Content types by extension: what Python knows depends on the machine."""
PLAYED = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'"
"""The policy of a film that is opened by its own address: browsers make a page for it."""
_UNFIT_FOR_A_NAME = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|.]+')


@require_safe
def media(request: AdminRequest, path: str) -> HttpResponseBase:
    """Return a rendition. Nothing else that was uploaded has an address here: an original may show more than
    people agreed to, and a document has an address of its own."""
    rendition = _rendition(path)
    is_public = rendition is not None and bool(rendition.is_public)
    if not is_public and not (has_session(request) and rendition and may_open(request, rendition.image)):
        return _nothing()
    content_type = CONTENT_TYPES.get(PurePath(rendition.file.name).suffix, "application/octet-stream")
    try:
        return send(request, rendition.file, content_type, is_public)
    except FileNotFoundError:
        return _nothing()
    except StorageAway:
        return unavailable()


@require_safe
def document(request: AdminRequest, pk: int, name: str) -> HttpResponseBase:
    """Return a document, or what asks for the password or log-in of its collection. Raises Http404.

    Stands in place of Wagtail's view, which compares ETags before it asks whether the document may be seen."""
    found = _document(pk, name)
    is_public = found is not None and bool(found.is_public)
    if not is_public:
        known = has_session(request)
        if found is None or not (found.is_restricted or (known and may_open(request, found))):
            raise Http404
        # Wagtail's own asks for what opens a collection, and a public document is in none that is closed.
        for check in hooks.get_hooks("before_serve_document"):
            if isinstance(answer := check(found, request), HttpResponse):
                return answer
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


def download_name(document: Translatable) -> str:
    """Return a name for the file on a reader's device, made of the title: stored names are random."""
    extension = f".{document.file_extension}"
    title = _UNFIT_FOR_A_NAME.sub(" ", document.title.removesuffix(extension))
    return f"{' '.join(title.split())[:LONGEST_TITLE] or 'document'}{extension}"


@require_safe
def no_document(request: HttpRequest) -> HttpResponseBase:
    """Raise Http404 for an address that no document can have, as for one that has none."""
    has_session(request)
    raise Http404


def has_session(request: HttpRequest) -> bool:
    """Return whether who asks has logged in or given a password. Asked for whatever is not public, even where
    there is nothing: the headers say that the session was read."""
    return request.user.is_authenticated or not request.session.is_empty()


def _rendition(name: str) -> SiteRendition | None:
    # PostgreSQL takes no NUL in a text.
    if "\0" in name or len(name) > LONGEST_NAME:
        return None
    viewpoint = Viewpoint()
    return next(iter(_renditions.rows(name=name, now=viewpoint.now, today=viewpoint.today)), None)


def _build_renditions(name: str, now: datetime.datetime, today: datetime.date) -> QuerySet[Any]:
    shown = public(SiteImage.objects.filter(pk=OuterRef("image_id")), Viewpoint(now=now, today=today))
    return SiteRendition.objects.filter(file=name).annotate(is_public=Exists(shown))


def _document(pk: int, name: str) -> Translatable | None:
    if pk > LARGEST_KEY:
        return None
    viewpoint = Viewpoint()
    row = next(iter(_documents.rows(pk=pk, now=viewpoint.now, today=viewpoint.today)), None)
    return row if row is not None and row.filename == name else None


def _build_documents(pk: int, now: datetime.datetime, today: datetime.date) -> QuerySet[Any]:
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
