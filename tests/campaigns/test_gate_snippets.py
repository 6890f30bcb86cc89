"""Every path on which a snippet could go live, each with a quote that must not."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry as log_registry
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowContentType, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail_localize.models import Translation, TranslationSource

from campaigns.models import Quote
from core.publishing.gate import PublishBlocked
from tests import factories
from tests.scenes import scene

pytestmark = pytest.mark.django_db

WHO_SPEAKS = "The quote has no kind of speaker."


@scene
def draft(site):
    """Never live, and blocked because nobody has said who speaks."""
    quote = factories.QuoteFactory(live=False, who_speaks="")
    quote.save_revision()
    return quote


@pytest.fixture
def publisher(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def url_of(name: str, *args) -> str:
    return reverse(Quote.snippet_viewset.get_url_name(name), args=args)


def quote_data(quote=None, **fields) -> dict[str, Any]:
    values = {
        "text": quote.text if quote else "Now I know.",
        "original_language": "",
        "date": "",
        "speaker": "",
        "role": "camp participant",
        "who_speaks": "",
        "source": "",
        "campaign_ties": inline_formset([]),
        "consent_reference": "F-1",
        "consent_scope": "website",
        "consent_until": "",
        **fields,
    }
    return nested_form_data(values)


def assert_nothing_published() -> None:
    assert not Quote.objects.filter(live=True).exists()
    assert not Quote.objects.exclude(first_published_at=None, live_revision=None).exists()
    for quote in Quote.objects.all():
        logged = set(log_registry.get_logs_for_instance(quote).values_list("action", flat=True))
        assert not logged & {"wagtail.publish", "wagtail.publish.schedule"}


def test_editor_create_and_publish__makes_nothing(client, publisher):
    response = client.post(url_of("add"), {**quote_data(), "action-publish": "1"})

    assert WHO_SPEAKS in response.context["form"].errors["who_speaks"][0]
    assert not Quote.objects.exists()


def test_editor_publish__says_why_beside_the_field(client, publisher, draft):
    response = client.post(url_of("edit", draft.pk), {**quote_data(draft), "action-publish": "1"})

    assert WHO_SPEAKS in response.context["form"].errors["who_speaks"][0]
    assert_nothing_published()


def test_editor_publish__publishes_what_passes(client, publisher, draft):
    client.post(url_of("edit", draft.pk), {**quote_data(draft, who_speaks="adult"), "action-publish": "1"})

    assert Quote.objects.get().live


def test_editor_save__and_autosave_are_never_refused(client, publisher, draft):
    saved = client.post(url_of("edit", draft.pk), quote_data(draft, text="Other"))
    autosaved = client.post(
        url_of("edit", draft.pk), quote_data(draft, text="Third"), headers={"accept": "application/json"}
    )
    made = client.post(url_of("add"), quote_data(), headers={"accept": "application/json"})

    assert saved.status_code == 302
    assert autosaved.json()["success"]
    assert made.json()["success"]
    assert_nothing_published()


def test_chooser__makes_a_draft_and_never_a_live_quote(client, publisher):
    url = reverse(Quote.snippet_viewset.chooser_viewset.get_url_name("create"))
    data = {"text": "Now I know.", "speaker_name": "", "role": "camp participant", "consent_reference": ""}
    prefixed = {f"chooser-create-{name}": value for name, value in data.items()}

    response = client.post(f"{url}?locale=en", {**data, **prefixed})

    assert json.loads(response.content)["step"] == "chosen"
    assert not Quote.objects.get().live
    assert_nothing_published()


def test_revision_publish__raises(draft):
    with pytest.raises(PublishBlocked):
        draft.latest_revision.publish()

    assert_nothing_published()


def test_save_of_a_live_object__raises(draft):
    draft.live = True
    with pytest.raises(PublishBlocked):
        draft.save()
    with pytest.raises(PublishBlocked):
        Quote.objects.create(text="Born live", locale=draft.locale)

    assert_nothing_published()


def test_future_schedule__is_refused_early(draft):
    draft.go_live_at = timezone.now() + timezone.timedelta(days=2)
    revision = draft.save_revision()

    with pytest.raises(PublishBlocked):
        revision.publish()

    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    assert_nothing_published()


def test_publish_scheduled__leaves_it_scheduled(draft):
    Revision.objects.filter(pk=draft.latest_revision_id).update(approved_go_live_at=timezone.now())

    call_command("publish_scheduled")

    draft.latest_revision.refresh_from_db()
    assert draft.latest_revision.approved_go_live_at
    assert_nothing_published()


def test_revert_and_publish__leaves_the_live_quote(client, publisher, site):
    quote = factories.QuoteFactory(who_speaks="", live=False)
    old = quote.save_revision()
    quote.who_speaks = "adult"
    quote.save_revision().publish()

    response = client.post(
        url_of("revisions_revert", quote.pk, old.pk),
        {**quote_data(quote), "revision": str(old.pk), "action-publish": "1"},
    )

    assert WHO_SPEAKS in response.context["form"].errors["who_speaks"][0]
    assert Quote.objects.get().who_speaks == "adult"


@pytest.fixture
def in_workflow(draft, publisher):
    group = Group.objects.create(name="Moderators of the test")
    publisher.groups.add(group)
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Moderation")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    kind = ContentType.objects.get_for_model(Quote)
    WorkflowContentType.objects.update_or_create(content_type=kind, defaults={"workflow": workflow})
    return workflow.start(draft, publisher)


def test_workflow_approval__in_the_editor_is_refused_beside_the_field(client, draft, in_workflow):
    data = {**quote_data(draft), "action-workflow-action": "1", "workflow-action-name": "approve"}

    response = client.post(url_of("edit", draft.pk), data)

    assert WHO_SPEAKS in response.context["form"].errors["who_speaks"][0]
    assert_nothing_published()


def test_workflow_approval__on_the_dashboard_leaves_it_in_moderation(client, draft, in_workflow):
    response = client.post(url_of("workflow_action", draft.pk, "approve", in_workflow.current_task_state.pk))

    assert WHO_SPEAKS in " ".join(str(message) for message in get_messages(response.wsgi_request))
    in_workflow.refresh_from_db()
    assert in_workflow.status == in_workflow.STATUS_IN_PROGRESS
    assert_nothing_published()


def test_localize__publishes_no_blocked_translation(site, draft, django_capture_on_commit_callbacks):
    source, _created = TranslationSource.get_or_create_from_instance(draft)
    translation = Translation.objects.create(source=source, target_locale=site.locales["ru"])

    with pytest.raises(PublishBlocked), django_capture_on_commit_callbacks(execute=True):
        translation.save_target()

    assert_nothing_published()


def test_quote__speaker_who_is_offline_counts_for_none_without_role(site):
    person = factories.PersonFactory()
    quote = factories.QuoteFactory(live=False, role="", speaker=person)
    person.unpublish()

    with pytest.raises(PublishBlocked, match="The speaker is not published"):
        quote.save_revision().publish()

    assert_nothing_published()


def test_quote__draft_speaker_goes_with_it(site):
    quote = factories.QuoteFactory(live=False, role="", speaker=factories.PersonFactory(live=False))

    quote.save_revision().publish()

    quote.refresh_from_db()
    assert (quote.live, quote.speaker.live) == (True, True)
