"""APIs, copies, translations and plain code, with a page that must not go live; nothing is half published."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import APIToken, Page, Revision
from wagtail_localize.models import Translation, TranslationSource

from core.findings import PublishBlocked
from home.models import ContentPage
from tests import factories
from tests.going_live import NO_ALT, assert_nothing_published, messages_of

pytestmark = pytest.mark.django_db

TOMORROW = datetime.timedelta(days=1)


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


@pytest.mark.parametrize("wish", ["alias", "copy_parents"])
def test_admin_api__makes_no_alias(client, publisher, section, draft, wish):
    publisher.is_superuser = True
    publisher.save()
    count = Page.objects.count()

    response = client.post(
        reverse("wagtailadmin_api:pages:action", args=[draft.pk, "copy_for_translation"]),
        {"locale": "ru", wish: "true"},
    )

    assert response.status_code == 400
    assert "alias" in response.json()
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
    monkeypatch.setattr("core.publishing.forms.PageCopyForm.clean", lambda form: super(type(form), form).clean())
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


def test_save__of_the_field_that_makes_it_live_is_asked(client, draft):
    draft.live = True
    with pytest.raises(PublishBlocked):
        draft.save(update_fields=["live"])
    assert_nothing_published(draft, client)
