"""What is written and published while the server is slow."""

from typing import Any

from django.contrib.sessions.models import Session
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from campaigns.models import Topic
from home.models import ContentPage
from tests.factories import ContentPageFactory, SectionPageFactory, TopicFactory, UserFactory
from tests.site_tree import make_site
from tests.stress.taken_away import as_in_tests
from tests.translating import Newsroom, change_source, open_newsroom
from translation.units.segments import target_of


def make(ways: list[str], rounds: int) -> dict[str, Any]:
    """Make an administrator “stress”, eight editors, and pages: for each way and round one that waits for
    approval, one to write in, and one page and one topic for eight. Return their ids by name."""
    site = make_site()
    user = UserFactory(username="stress", is_superuser=True)
    for number in range(8):
        UserFactory(username=f"writer{number}", is_superuser=True)
    section = SectionPageFactory(parent=site.home)
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Reviewing"))
    newsroom = open_newsroom(site)
    made: dict[str, Any] = {way: [] for way in ways}
    with as_in_tests():
        made["review"] = [_waiting_review(newsroom, section, number) for number in range(rounds)]
    # The dashboard shows first what has come last: the last one made for it is at its top.
    for way in ways:
        for number in range(rounds):
            page = ContentPageFactory(parent=section, live=False, title=f"{way} {number}", slug=f"{way}-{number}")
            page.save_revision(user=user)
            WorkflowPage.objects.create(workflow=workflow, page=page)
            workflow.start(page, user)
            made[way].insert(0, page.pk)
    made["written"] = ContentPageFactory(parent=section, live=False, title="Begin", slug="written").pk
    made["page"] = ContentPageFactory(parent=section, live=False, title="Begin", slug="page").pk
    made["snippet"] = TopicFactory(name="Begin", slug="begin").pk
    return made


def _waiting_review(newsroom: Newsroom, section: Page, number: int) -> dict[str, Any]:
    """A live translation whose new wording waits for its reviewer."""
    source = ContentPageFactory(parent=section, title=f"Review {number}", slug=f"review-{number}")
    if number == 0:
        newsroom.bring_live(section, "ru")
    [translation] = newsroom.bring_live(source, "ru")
    change_source(source, title=f"Changed {number}")
    newsroom.sync(translation)
    newsroom.word(translation)
    target, review = target_of(translation), newsroom.submit(translation)
    assert target is not None
    assert review is not None
    return {"page": target.pk, "review": review.pk}


def newest(kind: str, pk: int) -> str:
    """Return the title of the newest version."""
    row = (Topic if kind == "snippet" else ContentPage).objects.get(pk=pk)
    version = row.get_latest_revision_as_object()
    return version.name if kind == "snippet" else version.title


def is_live(pk: int) -> bool:
    return Page.objects.get(pk=pk).live


def live_title(pk: int) -> str:
    return Page.objects.get(pk=pk).title


def end_sessions() -> None:
    Session.objects.all().delete()
