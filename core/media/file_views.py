"""Wagtail's delete views of images and documents, which list all uses of the file and explain a refusal, and its
edit view of images, which says what is doubtful about alternative texts."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from wagtail.admin import messages

from core.internals.django import URLPattern
from core.internals.wagtail_admin import (
    DeleteDocumentView,
    DeleteImageView,
    WagtailImageEditView,
    generic,
)
from core.media.alt_texts import remarks_on
from core.media.live_files import refusal
from core.media.uses import uses_of
from core.typed import AdminRequest, ViewMixin

if TYPE_CHECKING:

    class DeleteMixin(ViewMixin, generic.DeleteView):
        """Base of mixins for Wagtail's delete views."""
else:
    DeleteMixin = ViewMixin


class NamesUses(DeleteMixin):
    """Mixin for delete views of files. Must come before Wagtail's class."""

    edit_url_name: str
    template_name = "admin/media/confirm_delete.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Redirect to the edit view, with a message that says why, if the user may change the file but not delete
        it."""
        if reason := self._reason():
            messages.error(request, reason)
            return redirect(self.edit_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)

    def _reason(self) -> str:
        """Return why a user who may change the file may not delete it; "" if they may delete it, or may not change
        it either."""
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


class TellingEditImageView(WagtailImageEditView):
    """Wagtail's view, which says what the checks of translations find in the alternative texts that wait for a
    reviewer."""

    request: AdminRequest

    def form_valid(self, form: Any) -> HttpResponseBase:
        texts = form.proposed()
        response = super().form_valid(form)
        for remark in remarks_on(self.object, texts):
            messages.warning(self.request, remark)
        return response


def file_urls() -> list[URLPattern]:
    """Return URL patterns that must precede Wagtail's, whose paths they share. Links use Wagtail's names."""
    return [
        path("images/<int:image_id>/", TellingEditImageView.as_view(), name="edit_image"),
        path("images/<int:image_id>/delete/", GatedDeleteImageView.as_view(), name="delete_image"),
        path("documents/delete/<int:document_id>/", GatedDeleteDocumentView.as_view(), name="delete_document"),
    ]
