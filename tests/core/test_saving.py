"""What is published stays published, and what is saved stays saved."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, PageLogEntry, Revision, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import streamfield

from core.editing.versions import RESTORE_POINT
from core.publishing.gate import PublishBlocked
from home.models import ContentPage
from tests import factories
from tests.going_live import edit_url, page_data
from tests.saving import SCRIPT, loaded, newest_title, titles

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def page(section, publisher):
    page = factories.ContentPageFactory(parent=section, live=False, title="As it was")
    page.save_revision(user=publisher)
    return page


# -- Published means published


@pytest.mark.parametrize("how", ["row", "version"])
def test_stale_save__unpublishes_nothing(page, how):
    row = ContentPage.objects.get(pk=page.pk)
    stale = row if how == "row" else row.get_latest_revision_as_object()
    page.get_latest_revision().publish()

    with pytest.raises(PublishBlocked, match="published this content in the meantime"):
        stale.save()

    assert ContentPage.objects.get(pk=page.pk).live


def test_stale_save__publishes_nothing(page):
    page.get_latest_revision().publish()
    stale = ContentPage.objects.get(pk=page.pk)
    ContentPage.objects.get(pk=page.pk).unpublish()

    with pytest.raises(PublishBlocked, match="unpublished this content in the meantime"):
        stale.save()

    assert not ContentPage.objects.get(pk=page.pk).live


def test_save__after_publish_and_unpublish_goes_on(page):
    page.get_latest_revision().publish()
    row = ContentPage.objects.get(pk=page.pk)
    row.unpublish()
    row.title = "Later"
    row.save()

    assert ContentPage.objects.get(pk=page.pk).title == "Later"


@pytest.mark.parametrize("button", ["action-publish", "action-workflow-action", "action-submit"])
def test_autosave__publishes_and_submits_nothing(client, page, button):
    data = page_data(page, **loaded(page), title="New", **{button: "1", "workflow-action-name": "approve"})

    answer = client.post(edit_url(page), data, headers=SCRIPT)

    assert answer.json()["success"]
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_state is None
    assert newest_title(page) == "New"


@pytest.fixture
def submitted(page, publisher):
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Reviewing")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    workflow.start(page, publisher)
    return page


@pytest.mark.parametrize("overwrites", [False, True])
def test_autosave__after_approve_and_publish_is_a_draft_of_the_live_page(client, publisher, submitted, overwrites):
    page, form = submitted, loaded(submitted)
    if overwrites:
        form["overwrite_revision_id"] = str(page.latest_revision_id)
    page.current_workflow_state.current_task_state.approve(user=publisher)

    answer = client.post(edit_url(page), page_data(page, title="After it", **form), headers=SCRIPT)

    assert answer.json()["success"]
    page = ContentPage.objects.get(pk=page.pk)
    assert page.live
    assert page.title == "As it was"
    assert newest_title(page) == "After it"


def test_autosave__overwrites_no_published_version(client, page, publisher):
    sent = {**loaded(page), "overwrite_revision_id": str(page.latest_revision_id)}
    page.get_latest_revision().publish(user=publisher)

    answer = client.post(edit_url(page), page_data(page, title="After it", **sent), headers=SCRIPT).json()

    page = ContentPage.objects.get(pk=page.pk)
    assert answer["revision_id"] != page.live_revision_id
    assert page.live
    assert page.live_revision.content["title"] == "As it was"
    assert titles(page) == ["As it was", "After it"]


def test_publish__keeps_what_was_saved_meanwhile(page):
    revision = page.get_latest_revision()
    assert revision.content_object.title == "As it was"
    newer = ContentPage.objects.get(pk=page.pk)
    newer.title = "Newer"
    newer.save_revision()

    revision.publish()

    page = ContentPage.objects.get(pk=page.pk)
    assert page.live
    assert page.title == "As it was"
    assert page.has_unpublished_changes
    assert newest_title(page) == "Newer"


# -- Saved means saved


@pytest.mark.parametrize("chosen", ["", "999999"])
def test_autosave__of_a_helpline_block_without_a_choice(client, page, chosen):
    body = streamfield([("helpline", {"helpline": chosen})])

    answer = client.post(edit_url(page), page_data(page, title="New", body=body), headers=SCRIPT)

    assert answer.json()["success"]
    assert newest_title(page) == "New"


def test_restore_point__is_kept_of_what_had_no_version(client, section, publisher):
    page = factories.ContentPageFactory(parent=section, title="As it was")

    for title in ("One", "Two"):
        client.post(edit_url(page), page_data(page, title=title), headers=SCRIPT)

    assert titles(page)[0] == "As it was"
    assert PageLogEntry.objects.filter(page=page, action=RESTORE_POINT).count() == 1


def test_restore_point__stays_through_a_long_session(client, page):
    sent = loaded(page)
    for title in ("One", "Two", "Three"):
        answer = client.post(edit_url(page), page_data(page, title=title, **sent), headers=SCRIPT).json()
        sent["overwrite_revision_id"] = str(answer["revision_id"])

    assert titles(page) == ["As it was", "Three"]


@pytest.mark.parametrize("headers", [{}, SCRIPT])
@pytest.mark.parametrize("live", [True, False])
def test_expired__can_be_edited(client, section, publisher, headers, live):
    past = (timezone.now() - HOUR).replace(microsecond=123)
    page = factories.ContentPageFactory(parent=section, live=live, expired=not live, expire_at=past)
    sent = timezone.localtime(past).strftime("%Y-%m-%d %H:%M")

    client.post(edit_url(page), page_data(page, title="Edited", expire_at=sent), headers=headers)

    assert newest_title(page) == "Edited"
    assert ContentPage.objects.get(pk=page.pk).live is live
    refused = client.post(edit_url(page), page_data(page, expire_at=sent, **{"action-publish": "1"}))
    assert "expire_at" in refused.context["form"].errors


def test_expiry__in_the_past_that_is_new_is_refused(client, page):
    past = timezone.localtime(timezone.now() - HOUR).strftime("%Y-%m-%d %H:%M")

    response = client.post(edit_url(page), page_data(page, title="New", expire_at=past))

    assert "expire_at" in response.context["form"].errors


def test_scheduled__can_be_edited_and_goes_live_as_it_was(client, page, publisher):
    page.go_live_at = timezone.now() + HOUR
    page.save_revision(user=publisher).publish()
    scheduled = ContentPage.objects.get(pk=page.pk).scheduled_revision
    shown = client.get(edit_url(page)).content.decode()
    assert "Scheduled to go live at" in shown
    sent = {**loaded(page), "overwrite_revision_id": str(scheduled.pk)}
    day = timezone.localtime(page.go_live_at).strftime("%Y-%m-%d %H:%M")

    client.post(edit_url(page), page_data(page, title="Edited", go_live_at=day, **sent), headers=SCRIPT)

    scheduled = Revision.objects.get(pk=scheduled.pk)
    assert scheduled.approved_go_live_at
    assert scheduled.content["title"] == "As it was"
    assert newest_title(page) == "Edited"


def test_scheduled__that_somebody_locked_stays_locked(client, page, other):
    page.go_live_at = timezone.now() + HOUR
    page.save_revision().publish()
    ContentPage.objects.filter(pk=page.pk).update(locked=True, locked_by=other, locked_at=timezone.now())

    client.post(edit_url(page), page_data(page, title="Edited"))

    assert newest_title(page) == "As it was"


def test_session__says_whether_somebody_is_logged_in(client, publisher):
    url = reverse("editing_session")
    assert client.get(url).json()["user"] == publisher.pk
    client.logout()
    assert client.get(url, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
