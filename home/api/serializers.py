"""Wagtail's serializers, with all addresses of the one origin: Wagtail takes that of its record of the site, which
nobody keeps right on a machine of one's own."""

from typing import Any

from rest_framework.fields import Field, SkipField
from rest_framework.request import Request
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import (
    BaseSerializer,
    DetailUrlField,
    PageHtmlUrlField,
    PageParentField,
    PageSerializer,
    get_serializer_class,
)
from wagtail.documents.api.v2.serializers import DocumentDownloadUrlField
from wagtail.images.api.v2.serializers import ImageDownloadUrlField
from wagtail.models import Page

from core.http.origin import absolute
from core.media.renditions import sources
from core.models import SiteImage
from core.typed import Translatable


def detail_url(router: WagtailAPIRouter, request: Request, instance: Translatable) -> str | None:
    path = router.get_object_detail_urlpath(type(instance), instance.pk)
    return absolute(request, path) if path else None


class DetailUrl(DetailUrlField):
    def get_attribute(self, instance: Translatable) -> str:
        url = detail_url(self.context["router"], self.context["request"], instance)
        if url is None:
            raise SkipField
        return url


class PageUrl(PageHtmlUrlField):
    def to_representation(self, page: Page) -> str | None:
        request = self.context["request"]._request
        path = page.get_url(request)
        return absolute(request, path) if path else None


class Parent(PageParentField):
    def to_representation(self, page: Page) -> dict[str, Any]:
        meta = ["type", "detail_url", "html_url"]
        serializer = get_serializer_class(type(page), ["id", *meta, "title"], meta, base=OfPage)
        return serializer(context=self.context).to_representation(page)


class OfPage(PageSerializer):
    detail_url = DetailUrl(read_only=True)
    html_url = PageUrl(read_only=True)
    parent = Parent(read_only=True)


class LargestPicture(ImageDownloadUrlField):
    """An original may tell where it was taken, and has no address."""

    def to_representation(self, image: SiteImage) -> str | None:
        found = sources(image).get("jpeg")
        return absolute(self.context["request"], found[-1].url) if found else None


class PublicTitle(Field):
    """Never the name of an uploaded file, which may name people."""

    def get_attribute(self, image: SiteImage) -> SiteImage:
        return image

    def to_representation(self, image: SiteImage) -> str:
        return image.public_title


class OfImage(BaseSerializer):
    title = PublicTitle(read_only=True)
    detail_url = DetailUrl(read_only=True)
    download_url = LargestPicture(read_only=True)


class Download(DocumentDownloadUrlField):
    def to_representation(self, document: Translatable) -> str:
        return absolute(self.context["request"], document.url)


class OfDocument(BaseSerializer):
    detail_url = DetailUrl(read_only=True)
    download_url = Download(read_only=True)
