"""The first rows of the dashboard's lists, and the number of pages. Wagtail lists everything, asks up to eight
queries for each row, and counts all pages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as localized  # Its texts are in the catalogue of Wagtail.
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision, Site, TaskState, Workflow, WorkflowState
from wagtail.permissions import policy_registry

from core.internals.django import count_up_to
from core.internals.wagtail_admin import PagesSummaryItem, SummaryItem, get_site_for_user
from core.internals.wagtail_models import share_workflow_state, with_workflow_states
from core.typed import AdminRequest

SHOWN = 5
PAGES = 1000
"""Pages that are counted at most."""


class FirstRows(Component):
    """A list of the dashboard with its SHOWN first rows, in place of Wagtail's list of this name. If there are
    others, a link leads to them."""

    name: str
    order: int
    template_name = "admin/first_rows.html"
    variable: str
    """The variable of Wagtail's template with the rows."""
    rest: str
    """The name of the view that lists all rows; empty if the user may not open it."""
    label: Any
    """Its title."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        # One more than is shown, to know whether there are others.
        found = list(self.rows(request)[: SHOWN + 1])
        return {
            **super().get_context_data(parent_context),
            "request": request,
            "csrf_token": parent_context["csrf_token"],
            "list": f"wagtailadmin/home/{self.name}.html",
            "rest": reverse(self.rest) if self.rest and len(found) > SHOWN else "",
            "label": self.label,
            self.variable: self.shown(found[:SHOWN], request),
        }

    def rows(self, request: AdminRequest) -> QuerySet[Any]:
        """Return the query for all rows, in their order."""
        raise NotImplementedError

    def shown(self, rows: Sequence[Any], request: AdminRequest) -> Sequence[Any]:
        """Return what the template draws of these rows."""
        return rows


class InWorkflow(FirstRows):
    """Pages and snippets that the user owns or has submitted, in a workflow."""

    name, order, variable = "user_objects_in_workflow_moderation", 210, "workflow_states"
    rest, label = "wagtailadmin_reports:workflow", localized("Workflows")

    def rows(self, request: AdminRequest) -> QuerySet[Any]:
        owned = Page.objects.filter(owner=request.user, pk=Cast(OuterRef("object_id"), IntegerField()))
        of_pages = Q(base_content_type=ContentType.objects.get_for_model(Page))
        return (
            WorkflowState.objects.active()
            .filter(of_pages & Exists(owned) | Q(requested_by=request.user))
            .prefetch_related("content_object__latest_revision", "current_task_state__task")
            .order_by("-current_task_state__started_at")
        )

    def shown(self, rows: Sequence[Any], request: AdminRequest) -> Sequence[Any]:
        # The object may have been deleted.
        found = [state for state in rows if state.content_object]
        for state in found:
            share_workflow_state(state.content_object, [state])
        return found


class ToModerate(FirstRows):
    """What waits for the user in a workflow."""

    name, order, variable = "workflow_objects_to_moderate", 220, "states"
    rest, label = "wagtailadmin_reports:workflow_tasks", localized("Workflow tasks")

    def rows(self, request: AdminRequest) -> QuerySet[Any]:
        return (
            TaskState.objects.reviewable_by(request.user)
            .select_related("revision__user", "workflow_state")
            .prefetch_related("task", "revision__content_object__latest_revision")
            .annotate(previous_revision_id=Revision.objects.previous_revision_id_subquery())
            .order_by("-started_at")
        )

    def shown(self, rows: Sequence[Any], request: AdminRequest) -> Sequence[Any]:
        tasks = _tasks([state.workflow_state for state in rows])
        return [
            self._row(state, request) | {"workflow_tasks": tasks[state.workflow_state_id]}
            for state in rows
            if state.revision.content_object
        ]

    def _row(self, state: Any, request: AdminRequest) -> dict[str, Any]:
        obj = state.revision.content_object
        state.workflow_state.current_task_state = state
        share_workflow_state(obj, [state.workflow_state])
        url_name = _page_url_name if isinstance(obj, Page) else obj.snippet_viewset.get_url_name
        return {
            "obj": obj,
            "revision": state.revision,
            "previous_revision_id": state.previous_revision_id,
            "live_revision_id": obj.live_revision_id,
            "task_state": state,
            "actions": state.task.specific.get_actions(obj, request.user),
            "workflow_action_url_name": url_name("workflow_action"),
            "workflow_preview_url_name": url_name("workflow_preview"),
            "revisions_compare_url_name": url_name("revisions_compare"),
        }


class LockedPages(FirstRows):
    """The pages that the user has locked."""

    name, order, variable = "locked_pages", 300, "locked_pages"
    rest, label = "wagtailadmin_reports:locked_pages", localized("Locked pages")

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        may_unlock = policy_registry.get_by_type(Page).user_has_permission(
            parent_context["request"].user, "unlock"
        )
        return {**super().get_context_data(parent_context), "can_remove_locks": may_unlock}

    def rows(self, request: AdminRequest) -> QuerySet[Any]:
        pages = Page.objects.filter(locked=True, locked_by=request.user).specific(defer=True)
        ordered = pages.order_by("-locked_at", "-latest_revision_created_at", "-pk")
        return with_workflow_states(ordered.annotate_approved_schedule())


def _page_url_name(view: str) -> str:
    return f"wagtailadmin_pages:{view}"


def _tasks(states: Sequence[WorkflowState]) -> dict[int, list[dict[str, Any]]]:
    """Return the tasks of the workflow of each state, as `all_tasks_with_status()` does for one of them."""
    done = dict[tuple[int, int], str]()
    for key, task, status in (
        TaskState.objects.filter(workflow_state__in=states)
        .order_by("started_at", "-pk")
        .values_list("workflow_state_id", "task_id", "status")
    ):
        done[key, task] = status
    workflows = defaultdict(list)
    for workflow, *task_and_name in (
        Workflow.objects.filter(pk__in={state.workflow_id for state in states})
        .order_by("workflow_tasks__sort_order")
        .values_list("pk", "workflow_tasks__task_id", "workflow_tasks__task__name")
    ):
        workflows[workflow].append(task_and_name)
    labels = dict(TaskState.STATUS_CHOICES)
    return {
        state.pk: [
            {
                "name": name,
                "status": done.get((state.pk, task)),
                "status_display": labels.get(done.get((state.pk, task)), localized("Not started")),
            }
            for task, name in workflows[state.workflow_id]
        ]
        for state in states
    }


class Pages(PagesSummaryItem):
    """The number of pages that the user may see, with a link to them; at most PAGES are counted."""

    template_name = "admin/site_summary_pages.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        site = get_site_for_user(self.request.user)
        root, pages = site["root_page"], 0
        if root:
            # The root of the tree is no page of a site, and with one site its home page is shown in its place.
            pages = count_up_to(Page.objects.descendant_of(root, inclusive=not root.is_root()), PAGES + 1)
            sites = list(Site.objects.select_related("root_page")[:2]) if root.is_root() else []
            root = sites[0].root_page if len(sites) == 1 else root
        counted = {"total_pages": min(pages, PAGES), "has_more": pages > PAGES}
        return {"root_page": root, "site_name": site["site_name"], **counted}


OURS = {panel.name: panel for panel in (InWorkflow, ToModerate, LockedPages)}


@hooks.register("construct_homepage_summary_items", order=100)
def count_some_pages(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Put our number of pages in the place of Wagtail's."""
    items[:] = [Pages(request) if isinstance(item, PagesSummaryItem) else item for item in items]


@hooks.register("construct_homepage_panels")
def show_first_rows(request: HttpRequest, panels: list[Component]) -> None:
    """Put our lists in the place of Wagtail's."""
    panels[:] = [OURS[panel.name]() if panel.name in OURS else panel for panel in panels]
