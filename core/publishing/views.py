"""The admin views that show the publishing checks in an open editor, and the list “Becomes public” of a revision,
for objects that are not published from their editor."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Revision

from core.internals.django import URLPattern
from core.internals.wagtail_admin import WagtailAdminTemplateMixin
from core.publishing.confirmation import Confirmation
from core.publishing.forms import ASK, CONFIRMED, may_confirm
from core.publishing.gate import PublishGate
from core.publishing.publication import Publication
from core.typed import AdminRequest


def take_confirmation(publication: Publication, request: AdminRequest) -> bool:
    """Store the user's confirmation with the revision if the request confirms the current list. Return whether it
    does. The caller checks permissions."""
    if request.POST.get(CONFIRMED) != publication.digest:
        return False
    Confirmation(tuple(publication.people), request.user).store(publication.revision)
    return True


class ConfirmPublicView(WagtailAdminTemplateMixin, TemplateView):
    """The list of a revision: GET shows it, POST confirms it."""

    request: AdminRequest
    header_icon = "warning"
    template_name = "admin/panels/confirm_public.html"

    @cached_property
    def publication(self) -> Publication:
        """Return the publication of the revision. Raise Http404 if there is none or its object has no publishing
        checks, PermissionDenied if the user may not confirm."""
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
        """Return the URL of the object's editor, if the user may open it."""
        return AdminURLFinder(self.request.user).get_edit_url(self.publication.subject)

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        """Store the confirmation and redirect to the editor, or show the list again if it has changed."""
        if not take_confirmation(self.publication, request):
            messages.error(request, ASK)
            return self.render_to_response(self.get_context_data(**kwargs))
        message = _("Confirmed. “%(title)s” can be published.")
        messages.success(request, message % {"title": self.publication.subject})
        return redirect(self.edit_url or "wagtailadmin_home")


def checks_view(request: AdminRequest, content_type: int, pk: int) -> HttpResponse:
    """Return the content of the panel “Publishing checks” for the latest draft; an open editor asks for it after
    an autosave. Raise Http404 if the object has no publishing checks, PermissionDenied if the user may not open
    its editor."""
    model: type[Any] | None = get_object_or_404(ContentType, pk=content_type).model_class()
    if model is None or not issubclass(model, PublishGate):
        raise Http404
    subject = get_object_or_404(model._base_manager, pk=pk)
    if not _may_open_editor(request.user, subject):
        raise PermissionDenied
    return TemplateResponse(
        request, "admin/panels/checks.html", {"subject": subject.get_latest_revision_as_object()}
    )


def _may_open_editor(user: User, subject: PublishGate) -> bool:
    if AdminURLFinder(user).get_edit_url(subject):
        return True
    task = subject.current_workflow_task
    return task is not None and task.user_can_access_editor(subject, user)


def publishing_urls() -> list[URLPattern]:
    return [
        path("becomes-public/<int:revision_id>/", ConfirmPublicView.as_view(), name="confirm_public"),
        path("publishing-checks/<int:content_type>/<int:pk>/", checks_view, name="publishing_checks"),
    ]
