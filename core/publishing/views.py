"""The list “Becomes public” on a screen of its own: for what is published elsewhere than in its editor."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Revision

from core.publishing.confirmation import Confirmation
from core.publishing.forms import ASK, CONFIRMED, may_confirm
from core.publishing.gate import PublishGate
from core.publishing.publication import Publication
from core.typed import AdminRequest


def take_confirmation(publication: Publication, request: AdminRequest) -> bool:
    """Store with the revision that the person has confirmed the list that was sent. Return whether that is the
    list of now. The caller asks whether the person may."""
    if request.POST.get(CONFIRMED) != publication.digest:
        return False
    Confirmation(tuple(publication.people), request.user).store(publication.revision)
    return True


class ConfirmPublicView(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "warning"
    template_name = "admin/panels/confirm_public.html"

    @cached_property
    def publication(self) -> Publication:
        revision = get_object_or_404(Revision, pk=self.kwargs["revision_id"])
        subject = revision.as_object()
        if not isinstance(subject, PublishGate):
            raise Http404
        if not may_confirm(self.request.user, subject):
            raise PermissionDenied
        return Publication(subject, None, revision)

    def get_page_title(self) -> str:
        return _("Becomes public")

    def get_page_subtitle(self) -> str:
        return str(self.publication.subject)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"publication": self.publication, "edit_url": self.edit_url}
        return {**super().get_context_data(**kwargs), **own}

    @property
    def edit_url(self) -> str | None:
        return AdminURLFinder(self.request.user).get_edit_url(self.publication.subject)

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        if not take_confirmation(self.publication, request):
            messages.error(request, ASK)
            return self.render_to_response(self.get_context_data(**kwargs))
        message = _("Confirmed. “%(title)s” can be published.")
        messages.success(request, message % {"title": self.publication.subject})
        return redirect(self.edit_url or "wagtailadmin_home")


def confirmation_urls() -> list[URLPattern]:
    return [path("becomes-public/<int:revision_id>/", ConfirmPublicView.as_view(), name="confirm_public")]
