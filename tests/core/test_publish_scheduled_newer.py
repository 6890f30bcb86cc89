"""A scheduled version does not go live where a newer draft takes back what it shows of people."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision

from campaigns.models import Person, Quote
from core.publishing.gate import confirmed
from core.publishing.schedule import ACTION
from tests import factories

pytestmark = pytest.mark.django_db


def schedule(thing) -> None:
    thing.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    with confirmed():
        thing.save_revision(user=factories.UserFactory(email="editor@example.org")).publish()


def come_due(thing) -> None:
    past = timezone.now() - datetime.timedelta(minutes=5)
    for revision in Revision.objects.for_instance(thing).filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = past
        revision.content["go_live_at"] = past.isoformat()
        revision.save()
    type(thing).objects.filter(pk=thing.pk).update(go_live_at=past)
    call_command("publish_scheduled", stderr=io.StringIO())
    thing.refresh_from_db()


def draft_of(thing):
    return type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()


@pytest.fixture
def speaker():
    return factories.PersonFactory(name="Mavluda Schedname", live=False)


@pytest.fixture
def quote(speaker):
    quote = factories.QuoteFactory(
        text="They weighed the flour and then the girls.",
        speaker=speaker,
        role="camp participant",
        who_speaks="minor",
        consent_reference="F1",
        consent_scope="website",
        live=False,
    )
    schedule(quote)
    return quote


@pytest.mark.parametrize(
    "taken_back",
    [
        {"consent_scope": "internal"},
        {"consent_reference": ""},
        {"consent_until": datetime.date(2020, 1, 1)},
        {"speaker": None},
        {"who_speaks": ""},
        {"role": "participant"},
        {"text": "They weighed the flour."},
    ],
)
def test_scheduled_quote__stays_a_draft_where_a_newer_draft_takes_something_back(
    quote, speaker, taken_back, mailoutbox
):
    draft = draft_of(quote)
    for name, value in taken_back.items():
        setattr(draft, name, value)
    draft.save_revision()

    come_due(quote)

    assert (quote.live, Person.objects.get(pk=speaker.pk).live) == (False, False)
    assert log_registry.get_logs_for_instance(quote).filter(action=ACTION).exists()
    assert "A newer draft changes who is named" in mailoutbox[0].body


def test_scheduled_quote__goes_live_where_the_draft_takes_nothing_back(quote, speaker):
    draft = draft_of(quote)
    draft.date = datetime.date(2026, 1, 2)
    draft.save_revision()

    come_due(quote)

    assert quote.live
    assert Person.objects.get(pk=speaker.pk).live


def test_scheduled_quote__goes_live_once_the_version_is_restored(quote):
    scheduled = quote.get_latest_revision()
    draft = draft_of(quote)
    draft.speaker = None
    draft.save_revision()
    come_due(quote)
    assert not quote.live

    restored = scheduled.as_object()
    restored.save_revision(previous_revision=scheduled)
    call_command("publish_scheduled", stderr=io.StringIO())

    assert Quote.objects.get(pk=quote.pk).live


def test_scheduled_person__stays_a_draft_where_the_newer_draft_has_no_photo(speaker):
    speaker.photo = factories.SiteImageFactory(people=True)
    schedule(speaker)
    draft = draft_of(speaker)
    draft.photo = None
    draft.save_revision()

    come_due(speaker)

    assert not speaker.live


def test_scheduled_page__stays_a_draft_where_the_newer_draft_shows_no_face(section):
    page = factories.ContentPageFactory(
        parent=section, live=False, lead_image=factories.SiteImageFactory(people=True)
    )
    schedule(page)
    draft = draft_of(page)
    draft.lead_image = None
    draft.save_revision()

    come_due(page)

    assert not page.live


def test_panel__says_that_the_scheduled_version_does_not_go_live(quote, admin_client):
    url = reverse(quote.snippet_viewset.get_url_name("edit"), args=[quote.pk])
    said = "The scheduled version will not go live"
    assert said not in admin_client.get(url).text

    draft = draft_of(quote)
    draft.consent_scope = "internal"
    draft.save_revision()

    assert said in admin_client.get(url).text
