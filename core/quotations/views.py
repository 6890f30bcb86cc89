"""The admin view of the quoted passages of an object, in which an editor makes statements about them."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.quotations.checks import passages_of, source_of, url_of_passages
from core.quotations.statements import state, take_back
from core.typed import AdminRequest, Translatable


def passages_view(request: AdminRequest, content_type: int, pk: int) -> HttpResponse:
    """Show the passages of the latest draft; by POST record a statement on one of them, or take it back if
    `action` is "take_back". Raise Http404 if the object has no publishing checks or no such passage,
    PermissionDenied if the user may not make statements about it (see `may_state`)."""
    subject = _subject(content_type, pk)
    if not may_state(request.user, subject):
        raise PermissionDenied
    draft = subject.get_latest_revision_as_object()
    if request.method == "POST":
        return _answer(request, subject, draft)
    finder = AdminURLFinder(request.user)
    context = {"subject": draft, "edit_url": finder.get_edit_url(subject), "found": passages_of(draft)}
    return TemplateResponse(request, "admin/quotations/passages.html", context)


def may_state(user: User, subject: Translatable) -> bool:
    """Return whether the user may make statements about the object: whether they may edit it and, if it is a
    translation, its source. Translators alone cannot know who agreed to be quoted."""
    source = source_of(subject)
    return _may_edit(user, subject) and (source is None or _may_edit(user, source))


def _may_edit(user: User, subject: Translatable) -> bool:
    if isinstance(subject, Page):
        return subject.permissions_for_user(user).can_edit()
    return policy_registry.get(subject).user_has_permission_for_instance(user, "change", subject)


def _subject(content_type: int, pk: int) -> Translatable:
    model: type[Any] | None = get_object_or_404(ContentType, pk=content_type).model_class()
    if model is None or not hasattr(model, "publish_findings"):
        raise Http404
    return get_object_or_404(model._base_manager, pk=pk)


def _answer(request: AdminRequest, subject: Translatable, draft: Translatable) -> HttpResponse:
    """Record a statement, or take it back, and return the panel of the editor, if the request asks for this
    fragment, or a redirect to the view. Raise Http404 if the draft has no such passage."""
    digest = request.POST.get("passage", "")
    if digest not in {each.digest for each in passages_of(draft)}:
        raise Http404
    if request.POST.get("action") == "take_back":
        take_back(subject, digest, request.user)
        message = _("The statement was taken back.")
    else:
        state(subject, digest, request.user)
        message = _("Your statement was recorded: nobody private is quoted in this passage.")
    if request.headers.get("Accept") == "text/html; fragment=panel":
        context = {"subject": draft, "request": request}
        return HttpResponse(render_to_string("admin/panels/checks.html", context, request))
    messages.success(request, message)
    return redirect(url_of_passages(subject))
