"""Nobody becomes public before somebody has confirmed the list of names, faces and quoted words."""

import datetime
import io

import pytest
from bs4 import BeautifulSoup
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
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.models import NewsPage, Person, Quote
from core.gate.forms import CONFIRMED
from core.models import PublishConfirmation
from core.publishing import Publication, PublishBlocked, confirmed
from tests import factories
from tests.going_live import edit_url, messages_of

pytestmark = [pytest.mark.django_db, pytest.mark.unconfirmed]

NAME = "Zarina Sodiqova"
WORDS = "I came home."
TOMORROW = datetime.timedelta(days=1)


@pytest.fixture
def publisher(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def speaker(site):
    return factories.PersonFactory(live=False, name=NAME)


@pytest.fixture
def story(site, speaker):
    """A draft with a quote of somebody who has not been public."""
    page = factories.NewsPageFactory(parent=site.news_index, live=False)
    factories.QuoteFactory(live=False, source=page, speaker=speaker, text=WORDS, who_speaks="survivor")
    page.save_revision()
    return page


def story_data(story, **fields) -> dict:
    relations = ("project_ties", "partner_ties", "campaign_ties", "sdg_ties")
    values = {
        "title": story.title,
        "slug": story.slug,
        "date": "2024-08-16",
        "dateline_date": "",
        "summary": story.summary,
        "lead_image": str(story.lead_image_id or ""),
        "body": streamfield([]),
        "seo_title": "",
        "search_description": "",
        "comments": inline_formset([]),
        **{name: inline_formset([]) for name in relations},
        "places": tied(story.places.all(), "place"),
        "topic_ties": tied(story.topic_ties.all(), "topic"),
    }
    return nested_form_data({**values, **fields})


def tied(rows, field: str) -> dict:
    values = [{"id": str(row.pk), field: str(getattr(row, f"{field}_id"))} for row in rows]
    return inline_formset(values, initial=len(values))


def publish(client, page, **fields):
    return client.post(edit_url(page), story_data(page, **{"action-publish": "1", **fields}))


def panel_of(response):
    return BeautifulSoup(response.content, "html.parser").find("fieldset", class_="becomes-public")


def digest_in(response) -> str:
    return panel_of(response).find("input", {"name": CONFIRMED})["value"]


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


# The editor's form


def test_editor__asks_with_the_list_and_publishes_once_it_is_confirmed(client, publisher, story):
    asked = publish(client, story)

    assert asked.status_code == 200
    assert not is_live(story)
    panel = panel_of(asked)
    assert panel.legend.text == "Becomes public"
    assert f"Name: {NAME}" in " ".join(panel.text.split())
    assert f"Quoted words: {WORDS}" in " ".join(panel.text.split())
    assert "A survivor of trafficking or violence" in panel.text
    assert "checked" not in panel.find("input", {"name": CONFIRMED}).attrs

    done = publish(client, story, **{CONFIRMED: digest_in(asked)})

    assert done.status_code == 302
    assert is_live(story)
    assert Person.objects.get(name=NAME).live
    story.refresh_from_db()
    stored = PublishConfirmation.objects.get(revision=story.get_latest_revision())
    assert stored.user == publisher
    assert {item["kind"] for item in stored.items} == {"name", "words"}
    assert NAME not in str(stored.items)
    assert WORDS not in str(stored.items)


def test_editor__asks_anew_where_the_list_has_changed_in_between(client, publisher, story, speaker):
    asked = publish(client, story)
    speaker.name = "Zarina Sodiqova of Romit"
    speaker.save_revision()

    again = publish(client, story, **{CONFIRMED: digest_in(asked)})

    assert again.status_code == 200
    assert not is_live(story)
    assert "of Romit" in panel_of(again).text
    assert digest_in(again) != digest_in(asked)


@pytest.mark.parametrize("sent", ["", "1", "on", "0" * 64])
def test_editor__takes_no_other_value_for_a_confirmation(client, publisher, story, sent):
    assert publish(client, story, **{CONFIRMED: sent}).status_code == 200
    assert not is_live(story)
    assert not PublishConfirmation.objects.exists()


@pytest.mark.parametrize("shows", ["adults", "minors", "survivors"])
def test_editor__lists_faces(client, publisher, site, shows):
    image = factories.SiteImageFactory(people=True, alt_texts={"en": "A woman by a gate"})
    image.shows = shows
    image.save()
    page = factories.NewsPageFactory(parent=site.news_index, live=False, lead_image=image)

    asked = publish(client, page)

    panel = panel_of(asked)
    assert "A woman by a gate" in panel.text
    assert panel.find("img")["alt"] == ""
    assert ("can be recognised" in panel.text) == (shows != "adults")
    publish(client, page, **{CONFIRMED: digest_in(asked)})
    assert is_live(page)


def test_editor__asks_nothing_where_nobody_is_shown(client, publisher, site):
    image = factories.SiteImageFactory()
    page = factories.NewsPageFactory(parent=site.news_index, live=False, lead_image=image)

    publish(client, page)

    assert is_live(page)
    assert not PublishConfirmation.objects.exists()


def test_editor__does_not_ask_again_for_who_is_live_there(client, publisher, story):
    with confirmed():
        story.get_latest_revision().publish()

    publish(client, story, title="Another title")

    story.refresh_from_db()
    assert story.title == "Another title"


def test_editor__of_a_live_page_asks_for_who_is_new(client, publisher, story):
    with confirmed():
        story.get_latest_revision().publish()
    image = factories.SiteImageFactory(people=True, alt_texts={"en": "A woman by a gate"})

    asked = publish(client, story, lead_image=str(image.pk))

    assert asked.status_code == 200
    [new] = [item for item in panel_of(asked).select("li") if item.find(string="new")]
    assert "A woman by a gate" in new.text
    assert Page.objects.get(pk=story.pk).specific.lead_image is None


def test_editor__keeps_a_confirmation_with_the_draft(client, publisher, story):
    """What is checked and saved is stored for a schedule, several at once, the API and launches."""
    digest = digest_in(client.get(edit_url(story)))

    client.post(edit_url(story), story_data(story, **{CONFIRMED: digest}))

    assert not is_live(story)
    assert "Confirmed on" in panel_of(client.get(edit_url(story))).text
    story.get_latest_revision().publish(user=publisher)
    assert is_live(story)


def test_editor__takes_no_confirmation_from_who_may_not_publish(client, site, story):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    shown = client.get(edit_url(story))

    client.post(edit_url(story), story_data(story, **{CONFIRMED: Publication(story).digest}))

    assert panel_of(shown).find("input") is None
    assert "Whoever publishes it confirms this list." in panel_of(shown).text
    assert not PublishConfirmation.objects.exists()


def test_editor__of_a_new_page(client, publisher, site, speaker):
    image = factories.SiteImageFactory(people=True)
    model = factories.NewsPageFactory.build(
        parent=site.news_index, locale=site.locales["en"], topics=[], places=[]
    )
    url = reverse("wagtailadmin_pages:add", args=["campaigns", "newspage", site.news_index.pk])
    place, topic = factories.PlaceFactory(), factories.TopicFactory()
    data = story_data(
        model,
        slug="new-one",
        lead_image=str(image.pk),
        places=inline_formset([{"place": str(place.pk)}]),
        topic_ties=inline_formset([{"topic": str(topic.pk)}]),
        **{"action-publish": "1"},
    )

    asked = client.post(url, data)
    assert not NewsPage.objects.exists()
    client.post(url, {**data, CONFIRMED: digest_in(asked)})

    page = NewsPage.objects.get()
    assert page.live
    assert PublishConfirmation.objects.filter(revision__object_id=str(page.pk)).exists()


def quote_data(**fields) -> dict:
    empty = ("original_language", "date", "source", "consent_until", "consent_withdrawn")
    values = {
        "text": WORDS,
        "role": "camp participant",
        "who_speaks": "minor",
        "speaker": "",
        "campaign_ties": inline_formset([]),
        "consent_reference": "F-1",
        "consent_scope": "website",
        **dict.fromkeys(empty, ""),
        "action-publish": "1",
    }
    return nested_form_data({**values, **fields})


def test_editor__of_a_new_quote(client, publisher, site, speaker):
    url = reverse(Quote.snippet_viewset.get_url_name("add"))
    data = quote_data(speaker=str(speaker.pk))

    asked = client.post(url, data)
    assert not Quote.objects.exists()
    assert panel_of(asked).text.count("A child or young person under 18") == 2
    client.post(url, {**data, CONFIRMED: digest_in(asked)})

    assert Quote.objects.get().live
    assert Person.objects.get().live


def test_editor__of_a_person(client, publisher, speaker):
    url = reverse(Person.snippet_viewset.get_url_name("edit"), args=[speaker.pk])
    data = {"name": NAME, "honorific": "", "role": "", "organisation": "", "photo": "", "action-publish": "1"}

    asked = client.post(url, data)
    assert not Person.objects.get().live
    client.post(url, {**data, CONFIRMED: digest_in(asked)})

    assert Person.objects.get().live


def test_panel__follows_an_autosave(client, publisher, story, speaker):
    factories.QuoteFactory(live=False, source=story, text="And I stayed.")

    answer = client.post(edit_url(story), story_data(story), headers={"accept": "application/json"})

    assert "And I stayed." in answer.json()["html"]


def test_panel__names_the_places(client, publisher, site, story):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="Lantern Day")
    story.campaign_ties = [factories.campaigns.NewsCampaign(campaign=campaign)]
    story.save_revision()

    places = panel_of(client.get(edit_url(story))).find(attrs={"aria-labelledby": "becomes-public-places"})

    for place in ("This page", "Lantern Day", "Cards and lists", "Search", "API", "News feed"):
        assert place in places.text


# Every other path


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
    with confirmed(publisher):
        pass
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

    assert "It shows people." in str(response.context["form"].errors["publish_copies"])
    assert not NewsPage.objects.filter(slug="copy").exists()


def test_unpublished__is_asked_for_again(client, publisher, story):
    asked = publish(client, story)
    publish(client, story, **{CONFIRMED: digest_in(asked)})
    story.refresh_from_db()
    story.unpublish()

    again = publish(client, story)

    assert again.status_code == 200
    assert not is_live(story)
