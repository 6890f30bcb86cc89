"""No path makes somebody public whom nobody has confirmed: code, schedule, bulk actions, API, approval, copy."""

import datetime
import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Revision,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from campaigns.models import NewsPage, Quote
from core.models import PublishConfirmation
from core.publishing.forms import CONFIRMED
from core.publishing.gate import PublishBlocked, confirmed
from tests import factories
from tests.becoming_public import NAME, digest_in, is_live, panel_of, publish, story_data
from tests.going_live import edit_url, messages_of
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, pytest.mark.unconfirmed]


TOMORROW = datetime.timedelta(days=1)


@pytest.fixture
def publisher(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


@scene
def story(story_of_somebody):
    return story_of_somebody


def test_code__is_refused_and_told_what_is_new(story):
    with pytest.raises(PublishBlocked) as blocked:
        story.get_latest_revision().publish()

    [line] = blocked.value.lines
    assert NAME in line
    assert "Nobody has confirmed" in line
    assert not is_live(story)


def test_code__that_saves_live_rows_is_refused(site, speaker):
    image = factories.SiteImageFactory(people=True)
    quote = factories.QuoteFactory(live=False, speaker=speaker)
    for make in (
        lambda: factories.NewsPageFactory(parent=site.news_index, lead_image=image),
        lambda: factories.PersonFactory(),
        lambda: (setattr(quote, "live", True), quote.save()),
    ):
        with pytest.raises(PublishBlocked):
            make()
    assert not Quote.objects.filter(live=True).exists()


def test_code__that_changes_nothing_of_what_is_live_is_not_asked(story):
    with confirmed():
        story.get_latest_revision().publish()
    story.refresh_from_db()

    story.title = "Another"
    story.save()
    story.save_revision().publish()

    assert is_live(story)


def test_code__publishes_one_list_for_all_that_goes_along(story):
    with confirmed():
        story.get_latest_revision().publish()

    assert Quote.objects.get().live
    assert set(PublishConfirmation.objects.values_list("user", flat=True)) == {None}


def test_schedule__needs_the_confirmation_before(client, publisher, story):
    story.go_live_at = timezone.now() + TOMORROW

    with pytest.raises(PublishBlocked):
        story.save_revision().publish(user=publisher)

    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


@pytest.fixture
def scheduled(story, publisher):
    story.go_live_at = timezone.now() + TOMORROW
    with confirmed(publisher):
        story.save_revision(user=publisher).publish(user=publisher)
    story.refresh_from_db()
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - TOMORROW
    )
    revision = story.latest_revision
    revision.content["go_live_at"] = (timezone.now() - TOMORROW).isoformat()
    revision.save()
    return story


def test_schedule__publishes_what_was_confirmed(scheduled):
    call_command("publish_scheduled", stderr=io.StringIO())

    assert is_live(scheduled)


def renamed(story, speaker):
    speaker.name = "Zarina S. of Romit"
    speaker.save_revision()


def joined(story, speaker):
    factories.QuoteFactory(live=False, source=story, text="And I stayed.")


def reworded(story, speaker):
    quote = Quote.objects.get()
    quote.text = "I came home, and I told them."
    quote.save_revision()


@pytest.mark.parametrize("change", [renamed, joined, reworded])
def test_schedule__refuses_what_has_changed_since_and_tells_people(scheduled, speaker, change, mailoutbox):
    change(scheduled, speaker)
    stderr = io.StringIO()

    call_command("publish_scheduled", stderr=stderr)

    assert not is_live(scheduled)
    assert "was not on the list" in stderr.getvalue()
    assert mailoutbox
    kept = " ".join([*(mail.body for mail in mailoutbox), str(list(PageLogEntry.objects.values_list("data")))])
    assert not [word for word in ("Zarina", "stayed", "told them") if word in kept]


def bulk(client, *pages):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{url}?{ids}&next=/admin/")


def test_bulk__publishes_the_others_and_names_who_is_not_confirmed(client, publisher, site, story):
    other = factories.NewsPageFactory(parent=site.news_index, live=False)

    said = messages_of(bulk(client, story, other))

    assert "Nobody has confirmed" in said
    assert NAME in said
    assert not is_live(story)
    assert is_live(other)


def test_bulk__publishes_what_is_confirmed(client, publisher, story):
    url = reverse("confirm_public", args=[story.latest_revision_id])
    asked = client.get(url)
    client.post(url, {CONFIRMED: digest_in(asked)})

    bulk(client, story)

    assert is_live(story)


def test_screen__takes_only_the_list_of_now(client, publisher, story, speaker):
    url = reverse("confirm_public", args=[story.latest_revision_id])
    old = digest_in(client.get(url))
    renamed(story, speaker)

    response = client.post(url, {CONFIRMED: old})

    assert response.status_code == 200
    assert "of Romit" in panel_of(response).text
    assert not PublishConfirmation.objects.exists()


def test_screen__is_for_who_may_publish(client, site, story):
    client.force_login(factories.UserFactory(groups=["Editor"]))

    response = client.post(reverse("confirm_public", args=[story.latest_revision_id]), {CONFIRMED: "x"})

    assert response.status_code in (302, 403)
    assert not PublishConfirmation.objects.exists()


def test_api__is_refused_until_it_is_confirmed(client, publisher, story):
    url = reverse("wagtailadmin_api:pages:action", args=[story.pk, "publish"])

    refused = client.post(url)
    assert refused.status_code in (400, 422)
    assert NAME in refused.content.decode()
    assert not is_live(story)

    screen = reverse("confirm_public", args=[story.latest_revision_id])
    client.post(screen, {CONFIRMED: digest_in(client.get(screen))})
    client.post(url)
    assert is_live(story)


@pytest.fixture
def in_workflow(story, publisher):
    group = Group.objects.create(name="Moderators of the test")
    publisher.groups.add(group)
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Moderation")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=story.get_parent())
    return workflow.start(story, publisher)


@pytest.mark.parametrize("title", ["Changed while approving", ""])
def test_approval__in_the_editor_asks_and_goes_on(client, story, in_workflow, title):
    fields = {"action-workflow-action": "1", "workflow-action-name": "approve", "title": title or story.title}

    asked = client.post(edit_url(story), story_data(story, **fields))
    assert not is_live(story)
    client.post(edit_url(story), story_data(story, **fields, **{CONFIRMED: digest_in(asked)}))

    assert is_live(story)
    assert PublishConfirmation.objects.filter(revision=Page.objects.get(pk=story.pk).live_revision).exists()


def test_approval__in_the_dialog_is_refused_and_leads_to_the_editor(client, story, in_workflow):
    state = in_workflow.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.pk])

    answer = client.post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})

    assert answer.json()["redirect"] == edit_url(story)
    assert not is_live(story)
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_copy__of_a_live_page_that_shows_people_is_no_live_one(client, publisher, site, story):
    with confirmed():
        story.get_latest_revision().publish()
    data = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": str(site.news_index.pk),
        "publish_copies": "on",
    }

    response = client.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), data)

    assert "The page shows people." in str(response.context["form"].errors["publish_copies"])
    assert not NewsPage.objects.filter(slug="copy").exists()


def test_unpublished__is_asked_for_again(client, publisher, story):
    asked = publish(client, story)
    publish(client, story, **{CONFIRMED: digest_in(asked)})
    story.refresh_from_db()
    story.unpublish()

    again = publish(client, story)

    assert again.status_code == 200
    assert not is_live(story)
