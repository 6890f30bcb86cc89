"""Workflows and bulk actions, with a page that must not go live; nothing is half published."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from core.publishing.forms import PublishGateForm
from tests import factories
from tests.going_live import NO_ALT, assert_nothing_published, edit_url, messages_of, page_data

pytestmark = pytest.mark.django_db


def test_bulk_publish__publishes_the_others_and_names_the_blocked(client, publisher, section, draft):
    good = factories.ContentPageFactory(parent=section, live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in (draft, good))

    response = client.post(f"{url}?{ids}&next=/admin/")

    said = messages_of(response)
    assert f"“{draft.title}” was not published." in said
    assert NO_ALT in said
    assert "1 page has been published" in said
    good.refresh_from_db()
    assert good.live
    assert_nothing_published(draft, client)


def test_bulk_publish__below_a_page_blocks_each_by_itself(client, publisher, section, draft):
    section.unpublish()
    good = factories.ContentPageFactory(parent=section, live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = client.post(f"{url}?id={section.pk}&next=/admin/", {"include_descendants": "on"})

    assert f"“{draft.title}” was not published." in messages_of(response)
    assert Page.objects.get(pk=good.pk).live
    assert_nothing_published(draft, client)


@pytest.fixture
def in_workflow(draft, publisher):
    """In moderation, at its only task."""
    group = Group.objects.create(name="Moderators of the test")
    publisher.groups.add(group)
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Moderation")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=draft.get_parent())
    return workflow.start(draft, publisher)


def test_workflow_approval__in_the_editor_is_refused_beside_the_field(client, draft, in_workflow):
    data = page_data(draft, **{"action-workflow-action": "1", "workflow-action-name": "approve"})

    response = client.post(edit_url(draft), data)

    assert NO_ALT in response.context["form"].errors["lead_image"][0]
    in_workflow.refresh_from_db()
    assert in_workflow.status == in_workflow.STATUS_IN_PROGRESS
    assert_nothing_published(draft, client)


def test_workflow_approval__twice_at_once_is_told(client, draft, in_workflow, monkeypatch):
    """The other one decides after this request was found good, and before it is carried out."""
    draft.lead_image = factories.ImageFactory()
    draft.save_revision()
    data = page_data(draft, **{"action-workflow-action": "1", "workflow-action-name": "reject"})

    def is_valid(form):
        in_workflow.cancel()
        return checked(form)

    checked = PublishGateForm.is_valid
    monkeypatch.setattr(PublishGateForm, "is_valid", is_valid)
    response = client.post(edit_url(draft), data)

    assert response.url == edit_url(draft)
    assert "The workflow has already ended." in messages_of(response)
    assert_nothing_published(draft, client)


def test_workflow_approval__before_the_last_task_goes_on(client, draft, in_workflow):
    task = GroupApprovalTask.objects.create(name="Second approval")
    WorkflowTask.objects.create(workflow=in_workflow.workflow, task=task, sort_order=2)
    data = page_data(draft, **{"action-workflow-action": "1", "workflow-action-name": "approve"})

    response = client.post(edit_url(draft), data)

    assert response.status_code == 302
    in_workflow.refresh_from_db()
    assert in_workflow.current_task_state.task.name == "Second approval"


def approve_on_dashboard(client, page, state, **headers):
    args = [page.pk, "approve", state.current_task_state.pk]
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=args), headers=headers)


def test_workflow_approval__on_the_dashboard_leaves_it_in_moderation(client, draft, in_workflow):
    response = approve_on_dashboard(client, draft, in_workflow)

    assert NO_ALT in messages_of(response)
    assert response.url == edit_url(draft)
    in_workflow.refresh_from_db()
    assert in_workflow.status == in_workflow.STATUS_IN_PROGRESS
    assert in_workflow.current_task_state.status == "in_progress"
    assert_nothing_published(draft, client)


def test_workflow_approval__in_a_dialog_of_the_dashboard_leads_to_the_page(client, draft, in_workflow):
    response = approve_on_dashboard(client, draft, in_workflow, **{"x-requested-with": "XMLHttpRequest"})

    assert response.json() == {"step": "success", "redirect": edit_url(draft)}
    assert_nothing_published(draft, client)
