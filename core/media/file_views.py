"""Wagtail's views that delete an image or a document: they name all its uses, and say why they refuse somebody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from wagtail.admin import messages
from wagtail.documents.views.documents import DeleteView as DeleteDocumentView
from wagtail.images.views.images import DeleteView as DeleteImageView

from core.media.uses import uses_of
from core.publishing.live_files import refusal
from core.typed import ViewMixin


class NamesUses(ViewMixin):
    """Before Wagtail's own class."""

    edit_url_name: str
    template_name = "admin/media/confirm_delete.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := self._reason():
            messages.error(request, reason)
            return redirect(self.edit_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)

    def _reason(self) -> str:
        if self.user_has_permission("delete") or not self.user_has_permission("change"):
            return ""
        return refusal(self.object, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "uses": uses_of(self.object)}


class GatedDeleteImageView(NamesUses, DeleteImageView):
    context_object_name = "image"
    edit_url_name = "wagtailimages:edit"


class GatedDeleteDocumentView(NamesUses, DeleteDocumentView):
    edit_url_name = "wagtaildocs:edit"


def file_urls() -> list[URLPattern]:
    """Return addresses that are those of Wagtail's own views and stand before them. Links are made by Wagtail's
    names."""
    return [
        path("images/<int:image_id>/delete/", GatedDeleteImageView.as_view(), name="delete_image"),
        path("documents/delete/<int:document_id>/", GatedDeleteDocumentView.as_view(), name="delete_document"),
    ]
