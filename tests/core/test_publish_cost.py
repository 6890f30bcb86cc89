"""The queries of saving drafts and of publishing, with what the committing process does itself; they do not grow
with the site."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Revision

from campaigns.models import CampaignPage, NewsPage
from core import work
from core.models import RecordedWork
from core.publishing.gate import confirmed
from core.typed import Translatable
from tests import factories
from tests.becoming_public import story_data
from tests.going_live import edit_url, page_data, with_voices
from tests.many import insert_stories
from tests.saving import SCRIPT
from tests.scenes import scene
from tests.stamping import settle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_worker", "queue")]

FEW, MANY = 5, 50
SAVING = 22
PUBLISHING = {"story": 78, "quote": 83}
PUBLISHING_OTHERS, MANY_QUOTES = 70, 87
REQUESTS = {
    "autosave of a story": 54,
    "autosave of a page": 51,
    "publishing a story": 108,
    "publishing a page": 94,
}
DRAFT = {"of the story": 59, "in the body": 82}
"""For each draft that goes live with a story."""
PAGES = (
    "story",
    "campaign",
    "edition",
    "home",
    "project",
    "section",
    "page",
    "resource",
    "resources",
    "stories",
    "campaigns",
)
KINDS = (*PAGES, "quote")


@pytest.fixture
def queue(settings) -> None:
    """Tasks are queued and not performed."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@scene
def subjects(site) -> dict[str, Translatable]:
    place, topic = factories.PlaceFactory(), factories.TopicFactory()
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, slug="campaign")
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    story = factories.NewsPageFactory(
        parent=site.news_index, title="Lanterns", places=[place], topics=[topic], campaigns=[campaign]
    )
    quote = factories.QuoteFactory(source=story, campaigns=[campaign])
    insert_stories(site.news_index, FEW, {"place": place, "campaign": campaign, "topic": topic})
    section = factories.SectionPageFactory(parent=site.home)
    resources = factories.ResourceIndexPageFactory(parent=site.home)
    documents = {"en": factories.DocumentFactory(), "ru": factories.DocumentFactory()}
    return {
        "story": story,
        "campaign": campaign,
        "edition": edition,
        "home": site.home,
        "quote": quote,
        "project": factories.ProjectPageFactory(parent=section),
        "section": section,
        "page": factories.ContentPageFactory(parent=section),
        # A number of three digits in a title is compared with former numbers of helplines, by two queries.
        "resource": factories.ResourcePageFactory(
            title="Report", parent=resources, topics=[topic], documents=documents
        ),
        "resources": resources,
        "stories": site.news_index,
        "campaigns": site.campaign_index,
    }


def more_stories(subjects: dict[str, Translatable]) -> None:
    story = NewsPage.objects.get(pk=subjects["story"].pk)
    campaign = CampaignPage.objects.get(pk=subjects["campaign"].pk)
    insert_stories(story.get_parent(), MANY - FEW, {"campaign": campaign, "topic": story.topic_ties.get().topic})
    settle()


def draft_of(subject: Translatable) -> Translatable:
    draft = type(subject)._base_manager.get(pk=subject.pk).get_latest_revision_as_object()
    name = "title" if isinstance(draft, Page) else "text"
    setattr(draft, name, f"{getattr(draft, name)}.")
    return draft


def queries(act: Callable[[], object]) -> int:
    # What waits from before is done, and its hooks are dropped: what is counted is a transaction of its own.
    work.perform_due()
    connection.run_on_commit.clear()
    with CaptureQueriesContext(connection) as captured, TestCase.captureOnCommitCallbacks(execute=True):
        act()
    return len(captured)


def of_saving(subject: Translatable) -> int:
    draft_of(subject).save_revision()
    return queries(draft_of(subject).save_revision)


def of_publishing(subject: Translatable) -> int:
    draft_of(subject).save_revision().publish()
    revision = Revision.objects.get(pk=draft_of(subject).save_revision().pk)
    return queries(revision.publish)


def of_request(client, page: Page, data: dict[str, Any], headers: dict[str, str] | None = None) -> int:
    for title in ("One title", "Another one"):
        client.post(edit_url(page), {**data, "title": title}, headers=headers)
    return queries(lambda: client.post(edit_url(page), {**data, "title": "The last title"}, headers=headers))


@pytest.mark.parametrize("kind", KINDS)
def test_save_revision__writes_a_draft_and_no_more(subjects, kind):
    subject = subjects[kind]
    few = of_saving(subject)
    more_stories(subjects)
    work.perform_due()

    assert few <= SAVING
    assert of_saving(subject) <= few
    assert not RecordedWork.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_save_revision__of_a_row(subjects, kind):
    row = type(subjects[kind])._base_manager.get(pk=subjects[kind].pk)

    assert queries(row.save_revision) <= SAVING


@pytest.mark.parametrize("kind", KINDS)
def test_save_revision__of_what_is_not_live(subjects, kind):
    if kind == "home":
        return
    subjects[kind].unpublish()
    work.perform_due()

    assert of_saving(subjects[kind]) <= SAVING
    assert not RecordedWork.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_publish__leaves_to_the_worker_what_may_wait(subjects, kind):
    settle()
    few = of_publishing(subjects[kind])
    more_stories(subjects)

    assert few <= PUBLISHING.get(kind, PUBLISHING_OTHERS)
    assert of_publishing(subjects[kind]) <= few


def test_publish__of_a_page_with_many_quotes(subjects):
    picture = factories.SiteImageFactory()
    quotes = [
        factories.QuoteFactory(speaker=factories.PersonFactory(photo=picture), role="") for _n in range(MANY)
    ]
    story = NewsPage.objects.get(pk=subjects["story"].pk)

    def costs(some: int) -> int:
        with_voices(story, *quotes[:some])
        with confirmed():
            return of_publishing(story)

    assert costs(MANY) <= costs(FEW) <= MANY_QUOTES


@pytest.mark.parametrize("way", DRAFT)
def test_publish__with_drafts(subjects, way):
    story = NewsPage.objects.get(pk=subjects["story"].pk)

    def cost(number: int) -> int:
        # Those of a story go live with it, others where its body shows them.
        source = story if way == "of the story" else None
        drafts = [
            factories.QuoteFactory(live=False, first_published_at=None, source=source) for _n in range(number)
        ]
        for draft in drafts:
            draft.save_revision()
        version: Any = draft_of(story)
        if source is None:
            version.body = [("voices", {"heading": "", "limit": 3, "picks": drafts, "only_picked": True})]
        revision = Revision.objects.get(pk=version.save_revision().pk)
        with confirmed():
            found = queries(revision.publish)
        assert all(type(draft).objects.get(pk=draft.pk).live for draft in drafts)
        return found

    cost(1)
    one, few = cost(1), cost(FEW)
    assert few - one <= DRAFT[way] * (FEW - 1)


def of_requests(client, subjects) -> dict[str, int]:
    story, page = subjects["story"], subjects["page"]
    publish = {"action-publish": "1"}
    return {
        "autosave of a story": of_request(client, story, story_data(story), SCRIPT),
        "autosave of a page": of_request(client, page, page_data(page), SCRIPT),
        "publishing a story": of_request(client, story, story_data(story, **publish)),
        "publishing a page": of_request(client, page, page_data(page, **publish)),
    }


def test_requests__of_the_editor(client, publisher, subjects):
    of_requests(client, subjects)
    few = of_requests(client, subjects)
    more_stories(subjects)

    assert of_requests(client, subjects) == few
    assert {name: count for name, count in few.items() if count > REQUESTS[name]} == {}
