"""Wagtail's serializers with the origin of `core.http.origin` in all addresses. Wagtail takes the origin from its
Site record, which is rarely right on a developer's machine."""

from typing import Any

from django.db.models import Model
from rest_framework.fields import Field, SkipField
from rest_framework.request import Request
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.models import Document
from wagtail.models import Page

from core.http.origin import absolute
from core.internals.rest_framework import django_request
from core.internals.wagtail_api import (
    BaseSerializer,
    DetailUrlField,
    DocumentDownloadUrlField,
    ImageDownloadUrlField,
    PageHtmlUrlField,
    PageParentField,
    PageSerializer,
    get_serializer_class,
)
from core.media.renditions import sources
from core.models import SiteImage


def detail_url(router: WagtailAPIRouter, request: Request, instance: Model) -> str | None:
    """Return the absolute address of an object in the API, or None if the API has no endpoint for its model."""
    path = router.get_object_detail_urlpath(type(instance), instance.pk)
    return absolute(request, path) if path else None


class DetailUrl(DetailUrlField):
    """Address of the object in the API; left out if there is none."""

    def get_attribute(self, instance: Model) -> str:
        url = detail_url(self.context["router"], self.context["request"], instance)
        if url is None:
            raise SkipField
        return url


class PageUrl(PageHtmlUrlField):
    """Address of a page for readers."""

    def to_representation(self, page: Page) -> str | None:
        request = django_request(self.context["request"])
        path = page.get_url(request)
        return absolute(request, path) if path else None


class Parent(PageParentField):
    """The parent page with its type, addresses and title."""

    def to_representation(self, page: Page) -> dict[str, Any]:
        meta = ["type", "detail_url", "html_url"]
        serializer = get_serializer_class(type(page), ["id", *meta, "title"], meta, base=OfPage)
        return serializer(context=self.context).to_representation(page)


class OfPage(PageSerializer):
    """Serializer of pages."""

    detail_url = DetailUrl(read_only=True)
    html_url = PageUrl(read_only=True)
    parent = Parent(read_only=True)


class LargestPicture(ImageDownloadUrlField):
    """Address of the largest JPEG rendition. The original file is not public: its metadata may tell where the
    picture was taken."""

    def to_representation(self, image: SiteImage) -> str | None:
        found = sources(image).get("jpeg")
        return absolute(self.context["request"], found[-1].url) if found else None


class PublicTitle(Field):
    """Title of an image, or its alternative text if the title is the name of the uploaded file, which may name
    people."""

    def get_attribute(self, image: SiteImage) -> SiteImage:
        return image

    def to_representation(self, image: SiteImage) -> str:
        return image.public_title


class OfImage(BaseSerializer):
    """Serializer of images."""

    title = PublicTitle(read_only=True)
    detail_url = DetailUrl(read_only=True)
    download_url = LargestPicture(read_only=True)


class Download(DocumentDownloadUrlField):
    """Address of the file of a document."""

    def to_representation(self, document: Document) -> str:
        return absolute(self.context["request"], document.url)


class OfDocument(BaseSerializer):
    """Serializer of documents, with the address of their record and of the file."""

    detail_url = DetailUrl(read_only=True)
    download_url = Download(read_only=True)
