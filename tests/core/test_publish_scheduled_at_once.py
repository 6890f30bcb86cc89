"""Two runs of the minute job at once do nothing twice, and tell nobody twice."""

import datetime
import io
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from campaigns.models import Quote
from home.models import ContentPage
from tests import factories

MINUTE = datetime.timedelta(minutes=1)


def run_at_once(times: int = 3) -> list[str]:
    """Return what went wrong."""
    barrier, wrong = Barrier(times), []

    def run() -> None:
        try:
            barrier.wait()
            call_command("publish_scheduled", stderr=io.StringIO())
        except CommandError as error:
            wrong.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.fixture
def heard():
    found = []

    def note(sender, instance, **kwargs) -> None:
        found.append(instance.pk)

    page_published.connect(note)
    page_unpublished.connect(note)
    yield found
    page_published.disconnect(note)
    page_unpublished.disconnect(note)


def actions(subject, name: str) -> int:
    return log_registry.get_logs_for_instance(subject).filter(action=name).count()


@pytest.mark.django_db(transaction=True)
def test_runs_at_once__publish_and_unpublish_once(site, heard):
    due = [factories.SectionPageFactory(parent=site.home, live=False) for _ in range(4)]
    for page in due:
        page.save_revision(approved_go_live_at=timezone.now() - MINUTE)
    over = factories.SectionPageFactory(parent=site.home, expire_at=timezone.now() - MINUTE)
    quote = factories.QuoteFactory(expire_at=timezone.now() - MINUTE)

    assert run_at_once() == []

    assert sorted(heard) == sorted([*(page.pk for page in due), over.pk])
    for page in due:
        assert Page.objects.get(pk=page.pk).live
        assert actions(page, "wagtail.publish.scheduled") == 1
    assert not Page.objects.get(pk=over.pk).live
    assert not Quote.objects.get(pk=quote.pk).live
    assert actions(over, "wagtail.unpublish.scheduled") == actions(quote, "wagtail.unpublish.scheduled") == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails", ["blocked", "broken"])
def test_runs_at_once__tell_once_of_what_cannot_go_live(site, mailoutbox, monkeypatch, fails):
    owner = factories.UserFactory(email="owner@example.org")
    image = factories.SiteImageFactory(people=True)
    page = factories.ContentPageFactory(
        parent=factories.SectionPageFactory(parent=site.home), live=False, lead_image=image, owner=owner
    )
    page.save_revision(approved_go_live_at=timezone.now() - MINUTE)
    good = factories.SectionPageFactory(parent=site.home, live=False)
    good.save_revision(approved_go_live_at=timezone.now() - MINUTE)
    if fails == "blocked":
        image.consent_withdrawn = datetime.date.today()
        image.save()
    else:
        monkeypatch.setattr(ContentPage, "publish", _fail)

    for _minute in range(2):
        run_at_once()

    assert Page.objects.get(pk=good.pk).live
    assert not Page.objects.get(pk=page.pk).live
    assert actions(page, "core.publish_blocked") == 1
    assert [mail.to for mail in mailoutbox] == [["owner@example.org"]]
    if fails == "broken":
        assert "An error occurred." in mailoutbox[0].body
        assert "No space left" not in mailoutbox[0].body


def _fail(page, revision, **kwargs) -> None:
    raise RuntimeError("No space left")


@pytest.mark.django_db
def test_page_without_title__does_not_stop_the_others_and_is_told(site, mailoutbox):
    owner = factories.UserFactory(email="owner@example.org")
    due = [factories.SectionPageFactory(parent=site.home, live=False, owner=owner) for _ in range(3)]
    for minutes, page in enumerate(due):
        page.title = "" if minutes == 0 else page.title
        page.save_revision(approved_go_live_at=timezone.now() - (3 - minutes) * MINUTE, clean=False)
    type(due[0]).objects.filter(pk=due[0].pk).update(title="", draft_title="")

    with pytest.raises(CommandError):
        call_command("publish_scheduled", stderr=io.StringIO())

    assert [Page.objects.get(pk=page.pk).live for page in due] == [False, True, True]
    assert [mail.to for mail in mailoutbox] == [["owner@example.org"]]
