"""Undocumented names of Wagtail's API for readers, version 2."""

from wagtail.api.v2.filters import (
    AncestorOfFilter,
    ChildOfFilter,
    DescendantOfFilter,
    FieldsFilter,
    LocaleFilter,
    OrderingFilter,
    SearchFilter,
    TranslationOfFilter,
)
from wagtail.api.v2.serializers import (
    BaseSerializer,
    DetailUrlField,
    PageHtmlUrlField,
    PageParentField,
    PageSerializer,
    get_serializer_class,
)
from wagtail.api.v2.utils import BadRequestError
from wagtail.documents.api.v2.serializers import DocumentDownloadUrlField
from wagtail.images.api.v2.serializers import ImageDownloadUrlField

__all__ = [
    "AncestorOfFilter",  # the filters of pages, less those that read drafts
    "BadRequestError",  # 400 with a reason, as Wagtail's own
    "BaseSerializer",  # quotes, takeaways, key figures and commitments in the form of Wagtail's objects
    "ChildOfFilter",  # as `AncestorOfFilter`
    "DescendantOfFilter",  # the same
    "DetailUrlField",  # URLs that need no query
    "DocumentDownloadUrlField",  # the same
    "FieldsFilter",  # as `AncestorOfFilter`
    "ImageDownloadUrlField",  # as `DetailUrlField`
    "LocaleFilter",  # as `AncestorOfFilter`
    "OrderingFilter",  # the same
    "PageHtmlUrlField",  # as `DetailUrlField`
    "PageParentField",  # parents that readers may see
    "PageSerializer",  # pages with what they are made of
    "SearchFilter",  # a search that filters by anything
    "TranslationOfFilter",  # as `AncestorOfFilter`
    "get_serializer_class",  # a serializer of some fields
]
