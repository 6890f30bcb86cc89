"""Admin views of deleted images and documents, which the report *Recently deleted* lists."""

import mimetypes
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.images import get_image_model

from core.consent.panels import withdraw_url
from core.internals.django import URLResolver, capfirst
from core.internals.wagtail_admin import WagtailAdminTemplateMixin
from core.media.live_files import seen_in
from core.media.uses import Use
from core.trash.keep import model_of
from core.trash.models import TrashedFile
from core.trash.restore import in_the_way, may_list, may_restore, restore, sees_trash, shown_by
from core.typed import AdminRequest


def listed_for(user: User, most: int) -> list[dict[str, Any]]:
    """Return the report's rows, as dictionaries, for the newest `most` files in the trash, without those that
    `user` may not list."""
    rows = TrashedFile.objects.select_related("deleted_by")[:most] if sees_trash(user) else []
    return [
        {
            "title": row.title,
            "url": reverse("trash:file", args=[row.pk]),
            "kind": model_of(row)._meta.verbose_name,
            "was_live": False,
            "language": "",
            "deleted_at": row.deleted_at,
            "deleted_by": row.deleted_by,
        }
        for row in rows
        if may_list(user, row)
    ]


class RestoreFileView(WagtailAdminTemplateMixin, TemplateView):
    """The view of a deleted file: GET shows it with the objects that referred to it, POST restores it."""

    request: AdminRequest

    header_icon = "bin"
    template_name = "admin/media/restore.html"

    @cached_property
    def trashed(self) -> TrashedFile:
        return get_object_or_404(TrashedFile, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raise PermissionDenied if the user may not list the file, Http404 if it is not in the trash."""
        if not may_list(self.request.user, self.trashed):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Restore")

    def get_page_subtitle(self) -> str:
        return f"{capfirst(model_of(self.trashed)._meta.verbose_name)} “{self.trashed.title}”"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        model = model_of(self.trashed)
        beyond = in_the_way(self.request.user, self.trashed)
        is_image = model is get_image_model()
        return {
            **super().get_context_data(**kwargs),
            "trashed": self.trashed,
            "uses": [Use(source, not getattr(source, "live", True)) for source in shown_by(self.trashed)],
            "refused": seen_in(model(), beyond) if beyond else "",
            "is_image": is_image,
            "withdraw_url": withdraw_url(model(pk=self.trashed.file_id)) if is_image else "",
        }

    def post(self, request: AdminRequest, pk: int) -> HttpResponse:
        """Restore the file and redirect to its form. If it cannot be restored, redirect to the admin's home with a
        message that says why; raise PermissionDenied if the user may not."""
        try:
            file = restore(self.trashed, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("wagtailadmin_home")
        messages.success(request, _("“%(title)s” restored.") % {"title": file})
        return redirect(AdminURLFinder(request.user).get_edit_url(file) or "wagtailadmin_home")


def content_view(request: AdminRequest, pk: int) -> HttpResponseBase:
    """Return the content of a deleted file: an image to show, a document as a download. Raise PermissionDenied if
    the user may not restore it, Http404 if it is not in the trash or the stored file is missing."""
    trashed = get_object_or_404(TrashedFile, pk=pk)
    if not may_restore(request.user, trashed):
        raise PermissionDenied
    try:
        stored = trashed.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    is_image = model_of(trashed) is get_image_model()
    response = FileResponse(
        stored,
        as_attachment=not is_image,
        content_type=mimetypes.guess_type(trashed.file.name or "")[0] or "application/octet-stream",
        headers={"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"},
    )
    add_never_cache_headers(response)
    return response


def trash_urls() -> list[URLResolver]:
    urls = [
        path("<int:pk>/", RestoreFileView.as_view(), name="file"),
        path("<int:pk>/content/", content_view, name="content"),
    ]
    return [path("deleted-files/", include((urls, "trash")))]
