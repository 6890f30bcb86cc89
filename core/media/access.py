"""Which pictures and documents readers see today: those that a page refers to which they see, by Wagtail's own
list of what refers to what. What lies in the library and stands nowhere is nobody's but the editors'."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from core.visibility import keys_beneath, private_keys, reachable_pages, restricted_paths


def on_pages(model: type[Model], pages: QuerySet) -> Exists:
    """A condition on a query of that model. The list of references has the keys of both sides as text."""
    shown = pages.order_by().filter(pk=OuterRef("page"))
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    return Exists(references.annotate(page=Cast("object_id", BigIntegerField())).filter(Exists(shown)))


def on_public_pages(model: type[Model], request: HttpRequest | None = None) -> Exists:
    return on_pages(model, reachable_pages(Page.objects.all(), private_keys(request)))


def may_download(document: Model, request: HttpRequest) -> bool:
    """Of what readers see nobody is asked who they are. Beyond that: whoever has passed the door of a private page
    that shows it, and who works in the admin, where it is seen in previews. A collection with a restriction has a
    door of its own, which Wagtail keeps."""
    this = type(document).objects.filter(pk=document.pk)
    if this.filter(on_public_pages(type(document), request)).exists() or works_here(request.user):
        return True
    if document.collection.get_view_restrictions().exists():
        return True
    opened = reachable_pages(Page.objects.all(), closed_keys(request))
    return this.filter(on_pages(type(document), opened)).exists()


def works_here(user: AbstractBaseUser) -> bool:
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def closed_keys(request: HttpRequest) -> QuerySet:
    """The translation keys of the private pages whose door this reader has not passed."""
    closed = [each.pk for each in PageViewRestriction.objects.all() if not each.accept_request(request)]
    return keys_beneath(restricted_paths(PageViewRestriction.objects.filter(pk__in=closed)))
