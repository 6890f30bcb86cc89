"""Choosers and APIs of the admin offer what a person may see (`translation.access.visible`), and no more."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path
from rest_framework.fields import Field
from rest_framework.request import Request
from wagtail import hooks
from wagtail.admin.api.serializers import AdminPageSerializer, PageAncestorsField, PageTranslationsField
from wagtail.admin.views.chooser import BaseLinkFormView, ExternalLinkView
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import get_serializer_class
from wagtail.documents import get_document_model
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.views.snippets_api import SnippetViewSet

from core.typed import AdminRequest, Translatable
from translation.access import snippets
from translation.access.visible import held_languages, may_see, visible


@hooks.register("construct_page_chooser_queryset")
@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
@hooks.register("construct_snippet_chooser_queryset")
def offer_what_is_visible(rows: QuerySet[Any], request: AdminRequest) -> QuerySet[Any]:
    return visible(rows, request.user)


class _Translations(PageTranslationsField):
    def to_representation(self, page: Page) -> list[dict[str, Any]]:
        return _named(self, page.get_translations())


class _Ancestors(PageAncestorsField):
    def to_representation(self, page: Page) -> list[dict[str, Any]]:
        return _named(self, page.get_ancestors())


def _named(field: Field, pages: QuerySet[Any]) -> list[dict[str, Any]]:
    """Return id, address and title of those that the person may see. Wagtail names plain rows by the titles of
    their drafts."""
    names = ["id", "type", "detail_url", "html_url", "locale", "title", "admin_display_title"]
    serializer = get_serializer_class(Page, names, meta_fields=names[1:5], base=AdminPageSerializer)
    seen = visible(pages, field.context["request"].user)
    return serializer(context=field.context, many=True).to_representation(seen.specific())


class VisiblePageSerializer(AdminPageSerializer):
    translations = _Translations(read_only=True)
    ancestors = _Ancestors(read_only=True)


class VisibleImages(ImagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return visible(super().get_queryset(), self.request.user)


class VisibleDocuments(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return visible(super().get_queryset(), self.request.user)


@hooks.register("construct_admin_api", order=100)
def list_what_is_visible(router: WagtailAPIRouter) -> None:
    router.register_endpoint("images", VisibleImages)
    router.register_endpoint("documents", VisibleDocuments)


class VisibleSnippets(SnippetViewSet):
    """In place of wagtail-localize's own, which lists every snippet to whoever is logged in."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        snippets.of_the_kind(request, **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        return visible(super().get_queryset(), self.request.user)


def snippets_api_urls() -> list[URLPattern]:
    """Return the views at wagtail-localize's own paths, which come before them."""
    listing = "api/snippets/<slug:app_label>/<slug:model_name>/"
    return [
        path(listing, VisibleSnippets.as_view({"get": "list"}), name="snippets_api_listing"),
        path(f"{listing}<str:pk>/", VisibleSnippets.as_view({"get": "retrieve"}), name="snippets_api_detail"),
    ]


class ExternalLinks(ExternalLinkView):
    def post(self, request: AdminRequest) -> HttpResponse:
        """Store the address as it was typed for those who may not see every draft: Wagtail names the page that it
        leads to by the title of its draft."""
        if held_languages(request.user) is None:
            return super().post(request)
        return BaseLinkFormView.post(self, request)


def check_chosen(request: AdminRequest, url_name: str, kwargs: dict[str, Any]) -> None:
    """Refuse to answer a chooser with something that it does not offer. Raises PermissionDenied.

    Wagtail asks nobody there: it takes the ids of what was chosen from the address.
    """
    if held_languages(request.user) is None:
        return
    model = _model_of(url_name)
    named = (kwargs.get(name) for name in ("pk", "image_id", "parent_page_id"))
    for pk in filter(None, [*request.GET.getlist("id"), *named]):
        chosen = model._base_manager.filter(pk=pk).first() if str(pk).isdecimal() else None
        is_root = isinstance(chosen, Page) and chosen.is_root()
        if chosen is None or not (is_root or may_see(request.user, chosen)):
            raise PermissionDenied


def _model_of(url_name: str) -> type[Translatable]:
    namespace = url_name.partition(":")[0]
    if namespace == "wagtailimages_chooser":
        return get_image_model()
    if namespace == "wagtaildocs_chooser":
        return get_document_model()
    for model in get_snippet_models():
        if namespace == model.snippet_viewset.get_chooser_admin_url_namespace():
            return model
    return Page
