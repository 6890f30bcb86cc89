"""Who may see an image or a document. Readers see it where something that they see shows it; beyond that whoever
has passed the restriction on what shows it, and who works in the admin.

All that sends or names a file asks here: the views of media and documents, and the API.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from core.consent import ConsentMixin
from core.media.shown import label, registered_snippets
from core.models.recordings import Recording
from core.models.shown import ShownFile
from core.typed import AdminRequest, Translatable
from core.visibility import Viewpoint, visible_pages


def public(files: QuerySet[Any], viewpoint: Viewpoint | None = None) -> QuerySet[Any]:
    """Narrow a queryset of images or of documents to those that readers see at this moment.

    Costs no query of its own, and reads a few rows for each file by index. What shows the file is judged as it is
    stored now: what has been withdrawn is gone, whatever the rows of `ShownFile` say.
    """
    viewpoint = viewpoint or Viewpoint()
    files = files.filter(Exists(_shown(files.model, viewpoint)), ~in_collections(viewpoint.collections))
    if issubclass(files.model, ConsentMixin):
        files = files.exclude(files.model.consent_missing_q(viewpoint.today))
    elif files.model is get_document_model():
        hidden = Recording.objects.filter(Recording.hidden_q(viewpoint.today), document=OuterRef("pk"))
        files = files.exclude(Exists(hidden))
    return files


def _shown(model: type[Translatable], viewpoint: Viewpoint) -> QuerySet[Any]:
    def seen(source: type[Translatable], rows: QuerySet[Any]) -> Q:
        return Q(Exists(rows.order_by().filter(pk=OuterRef("source_id"))), source_model=label(source))

    condition = seen(Page, visible_pages(Page.objects.all(), viewpoint))
    for snippet, seen_by_readers in registered_snippets().items():
        condition |= seen(snippet, seen_by_readers(viewpoint))
    return ShownFile.objects.filter(condition, file_model=label(model), file_id=OuterRef("pk"))


def in_collections(restrictions: QuerySet[Any], collection: str = "collection") -> Exists:
    """A condition on files: in a collection with one of these restrictions, or beneath one. `collection` names the
    way from the queried model to it."""
    path = Substr(OuterRef(f"{collection}__path"), 1, Length("collection__path"))
    return Exists(restrictions.order_by().filter(collection__path=path))


_narrowed_by: list[Callable[[User, Translatable], bool]] = []


def register(may_see: Callable[[User, Translatable], bool]) -> None:
    """Have an app above this one say which files somebody who works in the admin does not see."""
    if may_see not in _narrowed_by:
        _narrowed_by.append(may_see)


def may_see(user: User, file: Translatable) -> bool:
    """Return whether `user` sees an image or a document that readers may not see: in lists, forms and previews of
    the admin."""
    works_here = user.is_authenticated and user.has_perm("wagtailadmin.access_admin")
    return works_here and all(narrowed(user, file) for narrowed in _narrowed_by)


def may_open(request: AdminRequest, file: Translatable) -> bool:
    """Return whether somebody with a session may have a file that is not public."""
    if may_see(request.user, file):
        return True

    def closed(restrictions: QuerySet[Any]) -> QuerySet[Any]:
        return restrictions.filter(pk__in=[each.pk for each in restrictions if not each.accept_request(request)])

    viewpoint = Viewpoint(
        closed(PageViewRestriction.objects.all()), closed(CollectionViewRestriction.objects.all())
    )
    return public(type(file).objects.filter(pk=file.pk), viewpoint).exists()
