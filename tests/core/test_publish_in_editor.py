"""The paths of the page editor, each with a page that must not go live; nothing is half published."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Revision
from wagtail.test.utils.form_data import rich_text, streamfield

from core.findings import PublishBlocked
from home.models import ContentPage
from tests import factories
from tests.going_live import NO_ALT, assert_nothing_published, edit_url, page_data
from tests.scenes import scene

pytestmark = pytest.mark.django_db


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


@scene
def ends_soon(section):
    """Passes today, and not on the day it is to go live."""
    image = factories.SiteImageFactory(people=True, consent_until=datetime.date.today())
    page = factories.ContentPageFactory(parent=section, live=False, lead_image=image)
    page.save_revision()
    return page


def test_future_schedule__is_refused_early_in_the_editor(client, publisher, ends_soon):
    go_live = timezone.localtime(timezone.now() + datetime.timedelta(days=2)).strftime("%Y-%m-%d %H:%M")

    response = client.post(
        edit_url(ends_soon), page_data(ends_soon, go_live_at=go_live, **{"action-publish": "1"})
    )

    assert "The consent ends on" in response.context["form"].errors["lead_image"][0]
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    assert_nothing_published(ends_soon, client)


def test_future_schedule__is_refused_early_in_code(client, ends_soon):
    ends_soon.go_live_at = timezone.now() + datetime.timedelta(days=2)
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


@pytest.mark.parametrize("numbers", [["", ""], ["", "3"]])
def test_autosave__of_a_chart_that_lacks_its_numbers(client, publisher, draft, numbers):
    points = {"count": len(numbers)}
    for place, number in enumerate(numbers):
        points[str(place)] = {
            "deleted": "",
            "order": str(place),
            "id": "",
            "value": {"label": "", "value": number},
        }
    chart = {"heading": "", "kind": "share", "description": "", "unit": "", "source": "", "source_url": ""}
    data = page_data(draft, body=streamfield([("chart", {**chart, "points": points})]))

    answer = client.post(edit_url(draft), data, headers={"accept": "application/json"})

    assert answer.json()["success"]
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk])
    client.post(preview, data)
    assert client.get(preview).status_code == 200
