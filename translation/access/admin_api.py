"""Wagtail's API for pages, images and documents of the admin, limited to the objects that the user may see
(`translation.access.visible`). Wagtail 8.1 does not have it any more."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.fields import Field
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.internals.wagtail_admin_api import (
    AdminPageSerializer,
    DocumentsAdminAPIViewSet,
    ImagesAdminAPIViewSet,
    PageAncestorsField,
    PageTranslationsField,
)
from core.internals.wagtail_api import get_serializer_class
from translation.access.visible import visible


class _Translations(PageTranslationsField):
    def to_representation(self, page: Page) -> list[dict[str, Any]]:
        return _named(self, page.get_translations())


class _Ancestors(PageAncestorsField):
    def to_representation(self, page: Page) -> list[dict[str, Any]]:
        return _named(self, page.get_ancestors())


def _named(field: Field, pages: PageQuerySet) -> list[dict[str, Any]]:
    """Return id, type, URLs, locale and titles of those of the pages that the user of the request may see. Pages
    are made specific first, because Wagtail gives a plain `Page` the title of its draft."""
    names = ["id", "type", "detail_url", "html_url", "locale", "title", "admin_display_title"]
    serializer = get_serializer_class(Page, names, meta_fields=names[1:5], base=AdminPageSerializer)
    seen: PageQuerySet = visible(pages, field.context["request"].user)
    return serializer(context=field.context, many=True).to_representation(seen.specific())


class VisiblePageSerializer(AdminPageSerializer):
    """Serializer of pages that lists only the translations and ancestors that the user may see."""

    translations = _Translations(read_only=True)
    ancestors = _Ancestors(read_only=True)


class VisibleImages(ImagesAdminAPIViewSet):
    """Admin API endpoint of the images that the user may see."""

    def get_queryset(self) -> QuerySet[Any]:
        return visible(super().get_queryset(), self.request.user)


class VisibleDocuments(DocumentsAdminAPIViewSet):
    """Admin API endpoint of the documents that the user may see."""

    def get_queryset(self) -> QuerySet[Any]:
        return visible(super().get_queryset(), self.request.user)


@hooks.register("construct_admin_api", order=100)
def list_what_is_visible(router: WagtailAPIRouter) -> None:
    """Hook: replace Wagtail's endpoints of images and documents in the admin API by those limited to what the user
    may see."""
    router.register_endpoint("images", VisibleImages)
    router.register_endpoint("documents", VisibleDocuments)
