"""Choosers and APIs of the admin, limited to the objects that the user may see (`translation.access.visible`)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from core.internals.django import URLPattern
from core.internals.wagtail_admin import BaseLinkFormView, ExternalLinkView
from core.internals.wagtail_models import get_snippet_models
from core.typed import AdminRequest
from translation.access import snippets
from translation.access.visible import held_languages, may_see, visible
from translation.localize.views import SnippetViewSet


@hooks.register("construct_page_chooser_queryset")
@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
@hooks.register("construct_snippet_chooser_queryset")
def offer_what_is_visible(rows: QuerySet[Any], request: AdminRequest) -> QuerySet[Any]:
    """Hook: narrow the queryset of a chooser to the objects that the user may see (`visible`)."""
    return visible(rows, request.user)


class VisibleSnippets(SnippetViewSet):
    """Replacement of wagtail-localize's endpoint, which lists every snippet to every user who has logged in, by
    one limited to models that the user has a permission on, and to objects that the user may see."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        snippets.of_the_kind(request, **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        return visible(super().get_queryset(), self.request.user)


def snippets_api_urls() -> list[URLPattern]:
    """Return URL patterns of the snippets API, with the paths and names of wagtail-localize's, before which they
    must come."""
    listing = "api/snippets/<slug:app_label>/<slug:model_name>/"
    return [
        path(listing, VisibleSnippets.as_view({"get": "list"}), name="snippets_api_listing"),
        path(f"{listing}<str:pk>/", VisibleSnippets.as_view({"get": "retrieve"}), name="snippets_api_detail"),
    ]


class ExternalLinks(ExternalLinkView):
    """Chooser of external links that does not reveal the titles of drafts."""

    def post(self, request: AdminRequest) -> HttpResponse:
        """Take the URL as it was typed if the user may not see every draft. Wagtail would offer to link to the
        page at that URL instead, and show the title of its draft."""
        if held_languages(request.user) is None:
            return super().post(request)
        return BaseLinkFormView.post(self, request)


def check_chosen(request: AdminRequest, url_name: str, kwargs: dict[str, Any]) -> None:
    """Raise PermissionDenied if a chooser's URL names an object that does not exist or that the user may not see;
    the root of the page tree is allowed. Wagtail takes these ids from the URL and does not check them."""
    if held_languages(request.user) is None:
        return
    model = _model_of(url_name)
    named = (kwargs.get(name) for name in ("pk", "image_id", "parent_page_id"))
    for pk in filter(None, [*request.GET.getlist("id"), *named]):
        chosen = model._base_manager.filter(pk=pk).first() if str(pk).isdecimal() else None
        is_root = isinstance(chosen, Page) and chosen.is_root()
        if chosen is None or not (is_root or may_see(request.user, chosen)):
            raise PermissionDenied


def _model_of(url_name: str) -> type[Model]:
    """Return the model whose objects the chooser view named `url_name` (with its namespace) offers; `Page` for all
    other views."""
    namespace = url_name.partition(":")[0]
    if namespace == "wagtailimages_chooser":
        return get_image_model()
    if namespace == "wagtaildocs_chooser":
        return get_document_model()
    for model in get_snippet_models():
        if namespace == model.snippet_viewset.get_chooser_admin_url_namespace():
            return model
    return Page
