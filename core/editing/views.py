"""The edit views of pages and snippets, and the small views that an open editor asks."""

import datetime
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as localized  # “Home” is in the catalogues of libraries.
from modelcluster.forms import ClusterForm
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.log_actions import LogContext
from wagtail.models import Page, Revision, WorkflowState
from wagtail.snippets.views.snippets import SnippetViewSet

from core.editing import versions
from core.editing.exports import SnippetList
from core.editing.loaded import newer_version
from core.editing.turns import in_turn
from core.internals.django import SimpleLazyObject, URLPattern, quote
from core.internals.wagtail_admin import (
    MediaContainer,
    PageActionMenu,
    RevisionsRevertView,
    SnippetActionMenu,
    WagtailPageEditView,
    WagtailSnippetEditView,
)
from core.internals.wagtail_models import share_workflow_states
from core.times import in_words
from core.typed import AdminRequest, Translatable, ViewMixin

if TYPE_CHECKING:
    from core.internals.wagtail_admin import HookResponseMixin, JsonPostResponseMixin, WagtailAdminTemplateMixin

    class _EditMixin(ViewMixin, WagtailAdminTemplateMixin, HookResponseMixin, JsonPostResponseMixin):
        """The classes that Wagtail's edit views of pages and snippets have in common."""
else:
    _EditMixin = ViewMixin

MOMENTS_AT_ONCE = 100
"""The number of times that `times_view` answers in one request."""


class NewestVersionMixin(_EditMixin):
    """A mixin that refuses to save over a revision newer than the one the form was opened on. List it before
    Wagtail's edit view, and wrap the view in `in_turn`."""

    @property
    def subject(self) -> Translatable:
        """Return the object with the content that the form edits."""
        raise NotImplementedError

    @property
    def stored(self) -> Translatable:
        """Return the object as stored in its row."""
        raise NotImplementedError

    def compare_url(self, earlier: int, later: int) -> str:
        """Return the URL of the comparison of two revisions, given by their ids."""
        raise NotImplementedError

    def refused_form(self) -> ClusterForm:
        """Return the form with the data that were sent, as a draft and without the requested action."""
        raise NotImplementedError

    @cached_property
    def form_uuid(self) -> UUID | None:
        """Return the UUID of the log entries for this form's saves, see `versions.form_uuid`."""
        return versions.form_uuid(self.subject, self.request.user, self.request.POST)

    @cached_property
    def is_out_of_date(self) -> bool:
        """Return whether the latest revision is another one than the form is based on and was not saved by this
        form."""
        return versions.is_outdated(self.latest_revision, self.request.POST) and not versions.was_saved_by(
            self.subject, self.latest_revision, self.form_uuid
        )

    def post(self, request: AdminRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the form, or answer by `refuse` if it is out of date. Autosave only stores drafts. Log entries of
        the save get the form's UUID."""
        if self.expects_json_response:
            # Autosave only stores drafts, even if a button was pressed meanwhile.
            self._drop_sent(*(name for name in request.POST if name.startswith("action-")))
        if self.is_out_of_date:
            return self.refuse()
        context = LogContext(user=request.user)
        context.uuid = self.form_uuid or context.uuid
        with context:
            if not self.locked_for_user:
                self._prepare_versions()
            return super().post(request, *args, **kwargs)

    def _prepare_versions(self) -> None:
        """Keep a restore point, and drop `overwrite_revision_id` from the request if autosave may not overwrite
        that revision, so that a new one is created."""
        if self.latest_revision is None:
            versions.keep_restore_point(self.stored)
        sent = self.request.POST.get("overwrite_revision_id")
        if not sent or self.latest_revision is None:
            return
        is_latest = sent == str(self.latest_revision.pk)
        if not is_latest or not versions.may_overwrite(self.stored, self.latest_revision, self.request.user):
            self._drop_sent("overwrite_revision_id")

    def _drop_sent(self, *names: str) -> None:
        """Remove these names from the POST data of the request."""
        if names:
            sent = self.request.POST.copy()
            for name in names:
                sent.pop(name, None)
            self.request.POST = sent  # type: ignore[assignment]  # The stubs demand an immutable QueryDict.

    def refuse(self) -> HttpResponse:
        """Store the refused data, if they are valid as a draft, as a revision beside the latest one. Return the
        form with the data and a message that says who saved the latest revision; autosave gets the message as JSON
        with status 400."""
        latest = self.latest_revision
        self.form = form = self.refused_form()
        form.defer_required_fields()
        kept = None
        if form.is_valid():
            draft = ClusterForm.save(form, commit=False)
            kept = versions.keep_aside(draft, latest, self.request.user, self.form_uuid)
        form.restore_required_fields()
        message, compare = self._refusal(latest), self._comparison(latest, kept)
        newest = self.get_edit_url()
        if self.expects_json_response:
            answer = {"success": False, "error_code": "invalid_revision", "error_message": message}
            return JsonResponse({**answer, "compare_url": compare, "newest_url": newest}, status=400)
        buttons = [messages.button(newest, _("Open the newest version"), new_window=True)]
        if compare:
            buttons.insert(0, messages.button(compare, _("Compare"), new_window=True))
        messages.error(self.request, message, buttons=buttons)
        self.has_unsaved_changes = True
        # The form stays based on the revision it was opened on, so that submitting it again overwrites nothing.
        self.subject.latest_revision_id = self.loaded_revision_id
        self.latest_revision_created_at = self.request.POST.get("loaded_revision_created_at", "")
        return self.render_to_response({**self.get_context_data(form=form), "autosave_enabled": False})

    @cached_property
    def loaded_revision_id(self) -> int | None:
        """Return the id of the revision that the form was opened on; None if it was opened on none or it does not
        exist any more."""
        sent = self.request.POST.get("loaded_revision_id", "")
        if not (sent.isascii() and sent.isdigit()):
            return None
        return self.subject.revisions.filter(pk=sent[:18]).values_list("pk", flat=True).first()

    def _refusal(self, latest: Revision) -> str:
        return newer_version(latest.user, latest.created_at, self.request.user)

    def _comparison(self, latest: Revision, kept: Revision | None) -> str:
        """Return the URL of the comparison of the latest revision and the refused data or, if these could not be
        stored, of the revision that the form was opened on and the latest; "" if there is nothing to compare."""
        if kept:
            return self.compare_url(latest.pk, kept.pk)
        if self.loaded_revision_id and self.loaded_revision_id != latest.pk:
            return self.compare_url(self.loaded_revision_id, latest.pk)
        return ""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Return the actions in the header, of which an autosave draws none."""
        return [] if self.expects_json_response else super().header_more_buttons

    def _data_as_draft(self) -> QueryDict:
        """Return the POST data without actions such as publishing or workflow decisions."""
        data = self.request.POST.copy()
        for name in [name for name in data if name.startswith(("action-", "workflow-action-"))]:
            del data[name]
        return data


class PageEditView(NewestVersionMixin, WagtailPageEditView):
    """Wagtail's edit view of pages, saving only over the newest version."""

    @property
    def subject(self) -> Page:
        return self.page

    @cached_property
    def stored(self) -> Page:
        # The version that the form edits was made from this row.
        return self.latest_revision.content_object if self.latest_revision else self.real_page_record.specific

    def get_object(self) -> Page:
        page = super().get_object()
        page.scheduled_revision = self.real_page_record.scheduled_revision
        if self.latest_revision and page.latest_revision_id == self.latest_revision.pk:
            page.latest_revision = self.latest_revision
        if self.expects_json_response:
            share_workflow_states(self.real_page_record, page)
        return page

    def get_page_for_status(self) -> Page:
        """Return the page with its live URL, from which the readers' link is made."""
        return self.stored if self.page.live and self.page.has_unpublished_changes else self.page

    def get_translations(self) -> Iterable[dict[str, Any]]:
        """Return the translations that the user may edit, read when they are drawn. Wagtail reads the path of
        each, by which it finds the permissions, one by one."""
        return SimpleLazyObject(self._editable_translations)

    def _editable_translations(self) -> list[dict[str, Any]]:
        rows = self.page.get_translations().only("pk", "locale", "depth", "path").select_related("locale")
        return [
            {"locale": row.locale, "url": reverse("wagtailadmin_pages:edit", args=[row.pk])}
            for row in rows
            if row.permissions_for_user(self.request.user).can_edit()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return Wagtail's context; for an autosave, which draws no fields, without those."""
        if self.expects_json_response:
            self.edit_handler = ObjectList([]).bind_to_model(self.page_class)
            self.form.is_drawn = False
        return super().get_context_data(**kwargs)

    def get_action_menu(self) -> PageActionMenu | MediaContainer:
        """Return the buttons that save, of which an autosave draws none."""
        return MediaContainer() if self.expects_json_response else super().get_action_menu()

    def perform_workflow_action(self) -> HttpResponse:
        """Perform the action, unless somebody has ended the workflow since the form was checked: then warn, and
        store what was sent as a draft."""
        under_way = self.page.workflow_states.filter(status=WorkflowState.STATUS_IN_PROGRESS)
        if under_way.select_for_update().first():
            return super().perform_workflow_action()
        messages.warning(self.request, _("The workflow has already ended."))
        return self.save_action()

    def compare_url(self, earlier: int, later: int) -> str:
        return reverse("wagtailadmin_pages:revisions_compare", args=[self.page.pk, earlier, later])

    def refused_form(self) -> ClusterForm:
        return self.form_class(
            self._data_as_draft(),
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )


class PageRevertView(PageEditView, RevisionsRevertView):
    """Wagtail's view that edits an earlier revision of a page, saving only over the newest version."""


class SnippetEditView(NewestVersionMixin, WagtailSnippetEditView):
    """Wagtail's edit view of snippets, saving only over the newest version."""

    @property
    def subject(self) -> Translatable:
        return self.object

    @property
    def stored(self) -> Translatable:
        return self.live_object

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Translatable:
        subject = super().get_object(queryset)
        if self.expects_json_response:
            share_workflow_states(self.live_object, subject)
        return subject

    def get_bound_panel(self, form: ClusterForm) -> Any:
        """Return the fields, of which an autosave draws none."""
        if not self.expects_json_response:
            return super().get_bound_panel(form)
        form.is_drawn = False
        return None

    def _get_action_menu(self) -> SnippetActionMenu | MediaContainer:
        """Return the buttons that save, of which an autosave draws none."""
        return MediaContainer() if self.expects_json_response else super()._get_action_menu()

    def get_action(self, request: HttpRequest) -> str:
        """Return "edit" for an autosave, which expects JSON, else the requested action."""
        return "edit" if self.expects_json_response else super().get_action(request)

    def compare_url(self, earlier: int, later: int) -> str:
        return reverse(self.revisions_compare_url_name, args=[quote(self.object.pk), earlier, later])

    def refused_form(self) -> ClusterForm:
        return self.get_form_class()(**{**self.get_form_kwargs(), "data": self._data_as_draft()})


class EditedPageViewSet(PageViewSet):
    """The view set of pages, with one save at a time."""

    edit_view_class = PageEditView
    revisions_revert_view_class = PageRevertView

    @cached_property
    def edit_view(self) -> Callable[..., Any]:
        """Return Wagtail's edit view with POST requests serialised."""
        return in_turn(super().edit_view, Page, "page_id")

    @cached_property
    def revisions_revert_view(self) -> Callable[..., Any]:
        return in_turn(super().revisions_revert_view, Page, "page_id")


class EditedSnippetViewSet(SnippetViewSet):
    """The base view set of snippets, with one save at a time."""

    edit_view_class = SnippetEditView
    index_view_class = SnippetList

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return Wagtail's items; the first one is translated when it is shown, not when the server starts."""
        first, *others = super().breadcrumbs_items
        return [{**first, "label": localized("Home")}, *others]

    @property
    def edit_view(self) -> Callable[..., Any]:
        return in_turn(super().edit_view, self.model, "pk")

    @property
    def revisions_revert_view(self) -> Callable[..., Any]:
        return in_turn(super().revisions_revert_view, self.model, "pk")


def session_view(request: HttpRequest) -> JsonResponse:
    """Return the user's id and CSRF token as JSON. An open editor asks for them to see whether its session is
    still valid."""
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})


def times_view(request: HttpRequest) -> JsonResponse:
    """Return the times given as `at` in ISO 8601 in words with their time zone, as JSON:
    {"2027-07-30T11:05:00.000Z": "…"}. Times that are invalid or without an offset, and those after the first
    MOMENTS_AT_ONCE, are left out."""
    moments = {sent: _moment(sent) for sent in request.GET.getlist("at")[:MOMENTS_AT_ONCE]}
    return JsonResponse({sent: in_words(moment) for sent, moment in moments.items() if moment})


def _moment(text: str) -> datetime.datetime | None:
    """Return the local time for a text in ISO 8601; None if it is invalid or has no offset."""
    try:
        moment = parse_datetime(text)
        # Raises OverflowError for a time that is outside of the calendar in the local time zone.
        return timezone.localtime(moment) if moment and timezone.is_aware(moment) else None
    except (ValueError, OverflowError):
        return None


def editor_tools() -> str:
    """Return the HTML of the dialogs and the script that every editor has."""
    return render_to_string("admin/editing/tools.html")


def editing_urls() -> list[URLPattern]:
    return [
        path("editing-session/", session_view, name="editing_session"),
        path("editing-times/", times_view, name="editing_times"),
    ]
