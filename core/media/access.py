"""Access to images and documents.

Readers may see a file if a page or snippet that they may see shows it. Files that are not public are open to
visitors whose session satisfies the view restriction of the page or collection, and to users of the admin. The
views of media and documents, and the API, use this module.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PageViewRestriction

from core.consent import ConsentMixin
from core.internals.wagtail_models import CollectionViewRestriction
from core.media.models import Recording
from core.references.files import label, registered_snippets
from core.references.models import ShownFile
from core.typed import Translatable
from core.visibility import Viewpoint, visible_pages


def public(files: QuerySet[Any], viewpoint: Viewpoint | None = None) -> QuerySet[Any]:
    """Narrow a queryset of images or of documents to those that readers see, by default at this moment: shown by
    something they see, in no private collection, and not without a needed consent.

    This makes no query of its own, and the query reads a few rows for each file by index. Pages and snippets in
    `ShownFile` are checked in their stored state, so that a withdrawal counts at once.
    """
    viewpoint = viewpoint or Viewpoint()
    files = files.filter(Exists(_shown(files.model, viewpoint)), ~in_collections(viewpoint.collections))
    if issubclass(files.model, ConsentMixin):
        files = files.exclude(files.model.consent_missing_q(viewpoint.today))
    elif files.model is get_document_model():
        hidden = Recording.objects.filter(Recording.hidden_q(viewpoint.today), document=OuterRef("pk"))
        files = files.exclude(Exists(hidden))
    return files


def _shown(model: type[Model], viewpoint: Viewpoint) -> QuerySet[Any]:
    """Return the rows of `ShownFile` for the outer query's file (of `model`) whose source readers see."""

    def seen(source: type[Translatable], rows: QuerySet[Any]) -> Q:
        return Q(Exists(rows.order_by().filter(pk=OuterRef("source_id"))), source_model=label(source))

    condition = seen(Page, visible_pages(Page.objects.all(), viewpoint))
    for snippet, seen_by_readers in registered_snippets().items():
        condition |= seen(snippet, seen_by_readers(viewpoint))
    return ShownFile.objects.filter(condition, file_model=label(model), file_id=OuterRef("pk"))


def in_collections(restrictions: QuerySet[Any], collection: str = "collection") -> Exists:
    """Return a condition: the file's collection, or an ancestor of it, has one of these restrictions. `collection`
    is the lookup from the queried model to the collection."""
    path = Substr(OuterRef(f"{collection}__path"), 1, Length("collection__path"))
    return Exists(restrictions.order_by().filter(collection__path=path))


_narrowed_by: list[Callable[[User, AbstractImage | AbstractDocument], bool]] = []


def register(may_see: Callable[[User, AbstractImage | AbstractDocument], bool]) -> None:
    """Register a function that returns whether a user of the admin may see a file that is not public.

    All registered functions must agree before the file is shown.
    """
    if may_see not in _narrowed_by:
        _narrowed_by.append(may_see)


def may_see(user: User | AnonymousUser, file: AbstractImage | AbstractDocument) -> bool:
    """Return whether `user` may see a file that is not public, in lists, forms and previews of the admin: they
    have access to the admin, and all registered functions agree."""
    if not (user.is_authenticated and user.has_perm("wagtailadmin.access_admin")):
        return False
    return all(narrowed(user, file) for narrowed in _narrowed_by)


def may_open(request: HttpRequest, file: AbstractImage | AbstractDocument) -> bool:
    """Return whether a file that is not public is open to the request: to a user of the admin, or to a session
    that satisfies the view restrictions."""
    if may_see(request.user, file):
        return True

    def closed(restrictions: QuerySet[Any]) -> QuerySet[Any]:
        return restrictions.filter(pk__in=[each.pk for each in restrictions if not each.accept_request(request)])

    viewpoint = Viewpoint(
        closed(PageViewRestriction.objects.all()), closed(CollectionViewRestriction.objects.all())
    )
    return public(type(file).objects.filter(pk=file.pk), viewpoint).exists()
