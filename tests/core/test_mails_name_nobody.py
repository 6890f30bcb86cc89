"""Mails and the log of the minute job call people and quotes by their number."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from home.rights import make_groups
from tests import factories

pytestmark = pytest.mark.django_db

MADE = {
    "quote": lambda: factories.QuoteFactory(text="Wordzavr they took from me.", live=False),
    "person": lambda: factories.PersonFactory(name="Sitora Wordzavr", live=False),
    "takeaway": lambda: factories.TakeawayFactory(statement="Ask as Sitora Wordzavr did.", live=False),
}


def whole(mail) -> str:
    return " ".join(
        [mail.subject, mail.body, *(str(content) for content, _kind in getattr(mail, "alternatives", []))]
    )


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("outcome", ["submitted", "approved", "rejected"])
def test_workflow__names_a_snippet_by_its_number(kind, outcome, site, mailoutbox):
    make_groups()
    editor = factories.UserFactory(email="editor@example.org")
    reviewer = factories.UserFactory(email="reviewer@example.org", is_superuser=True)
    thing = MADE[kind]()
    thing.save_revision(user=editor)
    state = Workflow.objects.first().start(thing, editor)
    if outcome != "submitted":
        task_state = state.current_task_state.specific
        {"approved": task_state.approve, "rejected": task_state.reject}[outcome](user=reviewer)

    assert mailoutbox
    for mail in mailoutbox:
        assert "Wordzavr" not in whole(mail)
    assert f"{thing._meta.verbose_name.capitalize()} {thing.pk}" in whole(mailoutbox[0])
    url = reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    assert url in whole(mailoutbox[0])


@pytest.mark.parametrize("kind", ["quote", "person", "story"])
def test_schedule__that_is_stopped_names_nobody(kind, site, mailoutbox):
    owner = factories.UserFactory(email="owner@example.org", is_superuser=True)
    # None of these may be published, for there is no consent.
    if kind == "story":
        quote = factories.QuoteFactory(text="Wordzavr they took from me.", consent_reference="", live=False)
        thing = factories.NewsPageFactory(
            parent=site.news_index,
            live=False,
            body=[("voices", {"heading": "", "limit": 3, "only_picked": True, "picks": [quote]})],
        )
    else:
        thing = MADE[kind]()
        thing.consent_reference = ""
        thing.photo = factories.SiteImageFactory(people=True, consent_reference="") if kind == "person" else None
    due = timezone.now() - datetime.timedelta(minutes=5)
    thing.save_revision(user=owner, approved_go_live_at=due)
    said = io.StringIO()

    call_command("publish_scheduled", stderr=said)

    assert said.getvalue()
    assert "Wordzavr" not in said.getvalue()
    assert mailoutbox
    for mail in mailoutbox:
        assert "Wordzavr" not in whole(mail)
        assert f"/{thing.pk}/" in mail.body
