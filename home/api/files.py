"""Wagtail's own endpoints, within what everybody may see. Wagtail asks of each restriction whether this reader has
passed it; here nobody has."""

from django.db.models import Q, QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.filters import FieldsFilter, LocaleFilter, OrderingFilter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.documents.models import Document
from wagtail.images.api.v2.serializers import ImageDownloadUrlField, ImageSerializer
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Collection, CollectionViewRestriction, Page

from core.models import SiteImage
from core.origin import absolute
from core.pictures import load_pictures, sources
from core.visibility import private_keys, public_pages
from home.api.answers import Answering

PARAMETERS = frozenset(["limit", "offset", "order", "locale", "fields"])


class Endpoint(Answering):
    """Searching has a page of its own, and a random order cannot be kept."""

    known_query_parameters = PARAMETERS
    find_query_parameters = frozenset()

    def check_query_parameters(self, queryset: QuerySet) -> None:
        super().check_query_parameters(queryset)
        if "random" in self.request.GET.get("order", ""):
            raise BadRequestError("cannot order by 'random'")

    def find_view(self, request: Request) -> Response:
        raise Http404


class Pages(Endpoint, PagesAPIViewSet):
    filter_backends = [FieldsFilter, LocaleFilter, OrderingFilter]
    known_query_parameters = PARAMETERS | {"type"}
    meta_fields = [name for name in PagesAPIViewSet.meta_fields if name != "alias_of"]

    def get_base_queryset(self) -> QuerySet:
        pages = public_pages(Page.objects.filter(depth__gt=1), private_keys(self.request))
        return pages.select_related("locale", "content_type").order_by("id")


def in_public_collections(queryset: QuerySet) -> QuerySet:
    """Not in one with a restriction, nor in one beneath it."""
    restricted = Q()
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        restricted |= Q(path__startswith=path)
    return queryset.exclude(collection__in=Collection.objects.filter(restricted)) if restricted else queryset


class LargestPicture(ImageDownloadUrlField):
    """An original may tell where it was taken, and has no address."""

    def to_representation(self, image: SiteImage) -> str | None:
        found = sources(image).get("jpeg")
        return absolute(self.context["request"], found[-1].url) if found else None


class PublicImageSerializer(ImageSerializer):
    download_url = LargestPicture(read_only=True)


class Images(Endpoint, ImagesAPIViewSet):
    """With alternative text, credit and rights; who is shown and what they agreed to is nobody's business."""

    base_serializer_class = PublicImageSerializer
    filter_backends = [FieldsFilter, OrderingFilter]
    body_fields = [*BaseAPIViewSet.body_fields, "title", "width", "height", "alt_texts", "credit", "rights"]
    meta_fields = [*BaseAPIViewSet.meta_fields, "download_url"]
    listing_default_fields = [
        *BaseAPIViewSet.listing_default_fields,
        "title",
        "download_url",
        "alt_texts",
        "credit",
    ]
    model = SiteImage

    def get_queryset(self) -> QuerySet:
        images = SiteImage.objects.exclude(SiteImage.consent_missing_q())
        return in_public_collections(images).order_by("id")

    def check_query_parameters(self, queryset: QuerySet) -> None:
        super().check_query_parameters(queryset)
        if "alt_texts" in self.request.GET:
            raise BadRequestError("cannot filter by 'alt_texts'")

    def paginate_queryset(self, queryset: QuerySet) -> list[SiteImage]:
        images = list(super().paginate_queryset(queryset))
        load_pictures(images)
        return images


class Documents(Endpoint, DocumentsAPIViewSet):
    filter_backends = [FieldsFilter, OrderingFilter]
    body_fields = [*BaseAPIViewSet.body_fields, "title", "file_size"]
    meta_fields = [*BaseAPIViewSet.meta_fields, "download_url"]
    listing_default_fields = [*BaseAPIViewSet.listing_default_fields, "title", "file_size", "download_url"]
    model = Document

    def get_queryset(self) -> QuerySet:
        return in_public_collections(Document.objects.all()).order_by("id")
