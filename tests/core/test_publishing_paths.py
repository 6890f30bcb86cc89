"""Every path on which a page could go live, each with a page that must not, and nothing half published."""

import datetime
import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.log_actions import registry as log_registry
from wagtail.models import (
    APIToken,
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Revision,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation, TranslationSource

from core.findings import PublishBlocked
from home.models import ContentPage
from tests import factories

pytestmark = pytest.mark.django_db

NO_ALT = "has no alternative text"
TOMORROW = datetime.timedelta(days=1)


@pytest.fixture
def section(site):
    return factories.SectionPageFactory(parent=site.home)


@pytest.fixture
def image(site):
    return factories.SiteImageFactory(alt_texts={})


@pytest.fixture
def draft(section, image):
    """Never live, and blocked by its lead image."""
    page = factories.ContentPageFactory(parent=section, live=False, lead_image=image)
    page.save_revision()
    return page


@pytest.fixture
def publisher(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def page_data(page=None, **fields) -> dict:
    """What the editor sends."""
    values = {
        "title": page.title if page else "A page",
        "slug": page.slug if page else "a-page",
        "introduction": "",
        "lead_image": str(page.lead_image_id or "") if page else "",
        "seo_title": "",
        "search_description": "",
        "body": streamfield([]),
        "comments": inline_formset([]),
        **fields,
    }
    return nested_form_data(values)


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def assert_nothing_published(page: Page, client: Client) -> None:
    page = Page.objects.get(pk=page.pk).specific
    assert not page.live
    assert page.live_revision is None
    assert page.first_published_at is None
    logged = set(log_registry.get_logs_for_instance(page).values_list("action", flat=True))
    assert not logged & {"wagtail.publish", "wagtail.publish.scheduled", "wagtail.publish.schedule"}
    assert client.get(page.get_url()).status_code == 404


def messages_of(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_create_and_publish__makes_no_page(client, publisher, section, image):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", section.pk])

    response = client.post(url, page_data(lead_image=str(image.pk), **{"action-publish": "1"}))

    assert NO_ALT in response.context["form"].errors["lead_image"][0]
    assert not ContentPage.objects.exists()
    assert not Revision.objects.exists()


def test_create_and_publish__publishes_what_passes(client, publisher, section):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", section.pk])

    client.post(url, page_data(**{"action-publish": "1"}))

    assert ContentPage.objects.get().live


def test_editor_publish__says_why_beside_the_field(client, publisher, draft):
    revision = draft.latest_revision

    response = client.post(edit_url(draft), page_data(draft, **{"action-publish": "1"}))

    assert NO_ALT in response.context["form"].errors["lead_image"][0]
    assert_nothing_published(draft, client)
    draft.refresh_from_db()
    assert draft.latest_revision == revision


def test_editor_publish__says_why_inside_a_block(client, publisher, draft, image):
    draft.lead_image = None
    block = {"image": str(image.pk), "caption": ""}
    body = streamfield([("rich_text", rich_text("<p>One</p>")), ("image", block)])
    body["1"]["id"] = "22222222-2222-4222-8222-222222222222"

    response = client.post(edit_url(draft), page_data(draft, body=body, **{"action-publish": "1"}))

    (error,) = response.context["form"].errors["body"].as_data()
    (message,) = error.as_json_data()["blockErrors"][1]["blockErrors"]["image"]["messages"]
    assert NO_ALT in message
    assert_nothing_published(draft, client)


def test_editor_publish__goes_on_once_it_is_mended(client, publisher, draft, image):
    image.alt_texts = {"en": "A road between two mountains"}
    image.save()

    client.post(edit_url(draft), page_data(draft, **{"action-publish": "1"}))

    assert client.get(draft.get_url()).status_code == 200


def test_editor_save__keeps_the_draft_of_a_blocked_page(client, publisher, draft):
    response = client.post(edit_url(draft), page_data(draft, title="A new title"))

    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().title == "A new title"
    assert_nothing_published(draft, client)


def test_publish_without_the_right__is_a_draft_as_ever(client, site, draft):
    user = factories.UserFactory(groups=["Writers"])
    writers = user.groups.get()
    writers.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=writers, page=draft.get_parent(), permission=permission)
    client.force_login(user)

    response = client.post(edit_url(draft), page_data(draft, title="Mine", **{"action-publish": "1"}))

    assert response.status_code == 302
    assert_nothing_published(draft, client)


@pytest.fixture
def ends_soon(section):
    """Passes today, and not on the day it is to go live."""
    image = factories.SiteImageFactory(people=True, consent_until=datetime.date.today())
    page = factories.ContentPageFactory(parent=section, live=False, lead_image=image)
    page.save_revision()
    return page


def test_future_schedule__is_refused_early_in_the_editor(client, publisher, ends_soon):
    go_live = timezone.localtime(timezone.now() + 2 * TOMORROW).strftime("%Y-%m-%d %H:%M")

    response = client.post(
        edit_url(ends_soon), page_data(ends_soon, go_live_at=go_live, **{"action-publish": "1"})
    )

    assert "The consent ends on" in response.context["form"].errors["lead_image"][0]
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    assert_nothing_published(ends_soon, client)


def test_future_schedule__is_refused_early_in_code(client, ends_soon):
    ends_soon.go_live_at = timezone.now() + 2 * TOMORROW
    revision = ends_soon.save_revision()

    with pytest.raises(PublishBlocked):
        revision.publish()

    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert_nothing_published(ends_soon, client)


def test_revert_and_publish__leaves_the_live_page(client, publisher, section, image):
    page = factories.ContentPageFactory(parent=section, lead_image=image, live=False)
    old = page.save_revision()
    page.lead_image = None
    page.save_revision().publish()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    shown = client.get(url)

    response = client.post(
        edit_url(page),
        page_data(page, lead_image=str(image.pk), revision=str(old.pk), **{"action-publish": "1"}),
    )

    assert shown.status_code == 200
    assert NO_ALT in response.context["form"].errors["lead_image"][0]
    page.refresh_from_db()
    assert page.live
    assert page.lead_image is None


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


def test_admin_api__answers_with_the_findings(client, publisher, draft):
    draft.go_live_at = timezone.now() + TOMORROW
    planned = draft.save_revision(approved_go_live_at=draft.go_live_at)
    draft.go_live_at = None
    draft.save_revision()

    response = client.post(reverse("wagtailadmin_api:pages:action", args=[draft.pk, "publish"]))

    assert response.status_code == 400
    assert NO_ALT in response.json()["lead_image"][0]
    planned.refresh_from_db()
    assert planned.approved_go_live_at
    assert_nothing_published(draft, client)


def test_admin_api__copies_no_live_page(client, publisher, section, draft, image):
    live = factories.ContentPageFactory(parent=section, lead_image=factories.SiteImageFactory())
    factories.ContentPageFactory(parent=live)
    live.lead_image.alt_texts = {}
    live.lead_image.save()
    count = Page.objects.count()

    response = client.post(
        reverse("wagtailadmin_api:pages:action", args=[live.pk, "copy"]),
        {"recursive": "true", "keep_live": "true"},
    )

    assert response.status_code == 400
    assert Page.objects.count() == count


@pytest.fixture
def api(settings, publisher):
    settings.ROOT_URLCONF = "tests.urls_with_api"
    _token, key = APIToken.create_token(user=publisher, name="test")
    return {"Authorization": f"Bearer {key}"}


def test_api_v3__answers_with_the_findings(client, api, draft):
    response = client.post(f"/api/v3/pages/{draft.pk}/actions/publish/", headers=api)

    assert response.status_code == 422
    assert NO_ALT in response.json()["errors"][0]["msg"]
    assert_nothing_published(draft, client)


def test_api_v3__edits_and_publishes_nothing(client, api, draft):
    revision = draft.latest_revision
    body = {"meta": {"type": "home.ContentPage", "action": "publish"}, "title": "New"}

    response = client.patch(
        f"/api/v3/pages/{draft.pk}/", json.dumps(body), content_type="application/json", headers=api
    )

    assert response.status_code == 422
    assert_nothing_published(draft, client)
    draft.refresh_from_db()
    assert draft.latest_revision == revision


def test_revision_publish__raises_and_changes_nothing(client, draft):
    with pytest.raises(PublishBlocked) as blocked:
        draft.latest_revision.publish()

    assert NO_ALT in blocked.value.error_dict["lead_image"][0].message
    assert_nothing_published(draft, client)


def test_copy__does_not_bring_forth_a_live_page(section, image):
    branch = factories.ContentPageFactory(parent=section)
    child = factories.ContentPageFactory(parent=branch, lead_image=factories.SiteImageFactory())
    child.lead_image.alt_texts = {}
    child.lead_image.save()
    count = Page.objects.count()

    with pytest.raises(PublishBlocked):
        branch.copy(recursive=True, update_attrs={"slug": "copy"})

    assert Page.objects.count() == count
    assert branch.copy(recursive=True, keep_live=False, update_attrs={"slug": "copy"}).get_children().count() == 1


def test_copy_with_publish__in_the_admin_names_the_page_and_copies_nothing(client, publisher, section):
    branch = factories.ContentPageFactory(parent=section)
    child = factories.ContentPageFactory(parent=branch, lead_image=factories.SiteImageFactory())
    child.lead_image.alt_texts = {}
    child.lead_image.save()
    count = Page.objects.count()

    response = client.post(
        reverse("wagtailadmin_pages:copy", args=[branch.pk]),
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": str(section.pk),
            "copy_subpages": "on",
            "publish_copies": "on",
        },
    )

    (error,) = response.context["form"].errors["publish_copies"]
    assert child.title in error
    assert NO_ALT in error
    assert Page.objects.count() == count


def test_net__turns_what_escapes_into_a_message(client, publisher, section, image, monkeypatch):
    """Such as a copy that was made past the form."""
    live = factories.ContentPageFactory(parent=section, lead_image=factories.SiteImageFactory())
    live.lead_image.alt_texts = {}
    live.lead_image.save()
    monkeypatch.setattr("core.gate_form.PageCopyForm.clean", lambda form: super(type(form), form).clean())
    url = reverse("wagtailadmin_pages:copy", args=[live.pk])
    data = {"new_title": "C", "new_slug": "c", "new_parent_page": str(section.pk), "publish_copies": "on"}

    response = client.post(url, data, headers={"referer": f"http://testserver{url}"})
    answer = client.post(url, data, headers={"accept": "application/json"})

    assert response.status_code == 302
    assert NO_ALT in messages_of(response)
    assert answer.status_code == 422
    assert NO_ALT in answer.json()["error_message"]
    assert ContentPage.objects.count() == 1


@pytest.fixture
def translation(site, section, image, django_capture_on_commit_callbacks):
    """Into Russian, of a page whose image has words in English only."""
    image.alt_texts = {"en": "A road between two mountains"}
    image.save()
    section.copy_for_translation(site.locales["ru"])
    page = factories.ContentPageFactory(parent=section, lead_image=image)
    source, _created = TranslationSource.get_or_create_from_instance(page)
    image.alt_texts = {}
    image.save()
    return Translation.objects.create(source=source, target_locale=site.locales["ru"])


def test_localize__publishes_no_blocked_translation(client, translation, django_capture_on_commit_callbacks):
    with pytest.raises(PublishBlocked), django_capture_on_commit_callbacks(execute=True):
        translation.save_target()

    target = ContentPage.objects.get(locale=translation.target_locale)
    assert_nothing_published(target, client)


def test_autosave__is_never_live_and_never_refused(client, publisher, draft, section):
    script = {"accept": "application/json"}
    made = client.post(
        reverse("wagtailadmin_pages:add", args=["home", "contentpage", section.pk]),
        page_data(lead_image=str(draft.lead_image_id)),
        headers=script,
    )
    page = ContentPage.objects.get(pk=made.json()["pk"])
    saved = client.post(edit_url(page), page_data(page, title="Later"), headers=script)

    assert saved.json()["success"]
    assert_nothing_published(page, client)


def test_publish_scheduled__leaves_the_blocked_page_scheduled(client, draft):
    Revision.objects.filter(pk=draft.latest_revision_id).update(approved_go_live_at=timezone.now() - TOMORROW)

    call_command("publish_scheduled")

    draft.latest_revision.refresh_from_db()
    assert draft.latest_revision.approved_go_live_at
    assert_nothing_published(draft, client)


def test_copy_action__of_wagtail_itself_is_stopped_by_the_invariant(section):
    page = factories.ContentPageFactory(parent=section, lead_image=factories.SiteImageFactory())
    page.lead_image.alt_texts = {}
    page.lead_image.save()

    with pytest.raises(PublishBlocked):
        CopyPageAction(page, update_attrs={"slug": "copy"}).execute()

    assert ContentPage.objects.count() == 1
