"""Wagtail's endpoints for pages, images and documents, limited to what everybody may see. Wagtail checks for each
view restriction whether the reader has passed it; here nobody has."""

from http import HTTPStatus
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.documents.models import Document
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from core.internals.rest_framework import django_request
from core.internals.wagtail_api import (
    AncestorOfFilter,
    BadRequestError,
    ChildOfFilter,
    DescendantOfFilter,
    FieldsFilter,
    LocaleFilter,
    OrderingFilter,
    TranslationOfFilter,
)
from core.media.access import public
from core.media.renditions import load_pictures
from core.models import SiteImage
from core.visibility import private_keys, reachable_pages
from home.api.answers import Answering
from home.api.filters import Search, check_keys
from home.api.serializers import OfDocument, OfImage, OfPage, detail_url
from home.models import HomePage

FILE_PARAMETERS = frozenset(["limit", "offset", "order", "fields", "search", "search_operator", "locale"])
TREE_PARAMETERS = frozenset(["child_of", "ancestor_of", "descendant_of", "translation_of"])
PAGE_PARAMETERS = FILE_PARAMETERS | TREE_PARAMETERS | {"type"}


class Endpoint(Answering):
    """Base of the endpoints. It refuses a random order, which could not be cached."""

    known_query_parameters = FILE_PARAMETERS
    related: tuple[str, ...] = ()
    """Names for `select_related`."""
    find_query_parameters: frozenset[str]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_keys(request.GET, TREE_PARAMETERS)

    def check_query_parameters(self, queryset: QuerySet[Any]) -> None:
        super().check_query_parameters(queryset)
        if "random" in self.request.GET.get("order", ""):
            raise BadRequestError("cannot order by 'random'")

    def find_view(self, request: Request) -> Response:
        """Redirect to the API address of the object that the parameters describe, and keep the other parameters.
        Raise Http404 if there is none."""
        found = self.find_object(self.get_queryset(), request)
        if found is None:
            raise Http404
        query = request.GET.copy()
        for name in self.find_query_parameters:
            query.pop(name, None)
        url = detail_url(request.wagtailapi_router, request, found)
        url = f"{url}?{query.urlencode()}" if query else url
        return Response(status=HTTPStatus.FOUND, headers={"Location": url})

    def find_object(self, queryset: QuerySet[Any], request: Request) -> Model | None:
        """Return the object of the query set whose primary key is in the parameter `id`; None if there is none or
        `id` is not given."""
        key = request.GET.get("id")
        return queryset.filter(pk=int(key)).first() if key is not None else None


class Pages(Endpoint, PagesAPIViewSet):
    """Endpoint of public pages."""

    base_serializer_class = OfPage
    related = ("locale", "content_type")
    filter_backends = [
        FieldsFilter,
        ChildOfFilter,
        AncestorOfFilter,
        DescendantOfFilter,
        OrderingFilter,
        TranslationOfFilter,
        LocaleFilter,
        Search,
    ]
    known_query_parameters = PAGE_PARAMETERS
    find_query_parameters = frozenset(["id", "html_path"])
    meta_fields = [name for name in PagesAPIViewSet.meta_fields if name != "alias_of"]

    def get_base_queryset(self) -> QuerySet[Any]:
        pages = reachable_pages(Page.objects.all(), private_keys(django_request(self.request)))
        return pages.select_related(*self.related).order_by("id")

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related(*self.related).order_by("id")

    def find_object(self, queryset: QuerySet[Any], request: Request) -> Model | None:
        """Return the page at `html_path`, the address without the origin, or None. If that does not begin with a
        language code, the language of the parameter `locale` is taken. Without `html_path` the page is found by
        `id`."""
        if "html_path" not in request.GET:
            return super().find_object(queryset, request)
        parts = [part for part in request.GET["html_path"].split("/") if part]
        homes = HomePage.objects.filter(depth=2)
        home = homes.filter(locale__language_code=parts[0]).first() if parts else None
        parts = parts[1:] if home else parts
        home = home or homes.filter(locale__language_code=self.code).first()
        if home is None:
            return None
        return queryset.filter(url_path="/".join([home.url_path.rstrip("/"), *parts, ""])).first()


class Images(Endpoint, ImagesAPIViewSet):
    """Endpoint of public images, with alternative text, credit and rights, but without the persons shown and their
    consent, which are private."""

    base_serializer_class = OfImage
    filter_backends = [FieldsFilter, OrderingFilter, Search]
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

    def get_queryset(self) -> QuerySet[Any]:
        return public(SiteImage.objects.all()).order_by("id")

    def check_query_parameters(self, queryset: QuerySet[Any]) -> None:
        super().check_query_parameters(queryset)
        if "alt_texts" in self.request.GET:
            raise BadRequestError("cannot filter by 'alt_texts'")

    def paginate_queryset(self, queryset: QuerySet[Any]) -> list[SiteImage]:
        images = list(super().paginate_queryset(queryset))
        load_pictures(images)
        return images


class Documents(Endpoint, DocumentsAPIViewSet):
    """Endpoint of public documents."""

    base_serializer_class = OfDocument
    filter_backends = [FieldsFilter, OrderingFilter, Search]
    body_fields = [*BaseAPIViewSet.body_fields, "title", "file_size"]
    meta_fields = [*BaseAPIViewSet.meta_fields, "download_url"]
    listing_default_fields = [*BaseAPIViewSet.listing_default_fields, "title", "file_size", "download_url"]
    model = Document

    def get_queryset(self) -> QuerySet[Any]:
        return public(Document.objects.all()).order_by("id")
