"""The board, a launch and `check_translations` name what was stopped and is live without a review."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.launching import url as launch_url
from tests.scenes import scene
from tests.stopping import APPROVED, UNREAD, drafted, russian, stopped
from tests.translating import loaded, state_of, translation_into
from translation.models import WholeApproval
from translation.units.states import Status

pytestmark = pytest.mark.django_db


@scene
def section(site, newsroom):
    page = factories.SectionPageFactory(parent=site.home, title="Our work", slug="work", introduction="")
    stopped(newsroom, page)
    return page


@scene
def campaign(site, newsroom):
    """Stopped, and live with what nobody has reviewed: as could be done before it was asked."""
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")
    quote = factories.QuoteFactory(text="We know now", campaigns=[page])
    for source, name in ((page, "title"), (quote, "text")):
        stopped(newsroom, source)
        target = russian(source)
        setattr(target, name, UNREAD)
        loaded(target.save_revision())
    WholeApproval.objects.all().delete()
    return page


def test_board_and_launch__name_what_is_live_without_a_review(newsroom, campaign):
    assert state_of(translation_into(campaign, "ru")).status == Status.UNREVIEWED
    client = newsroom.as_(newsroom.publisher)

    board = client.get(reverse("translation_board:index"), {"language": "ru"}).content.decode()
    assert "Stopped, live without review" in board
    plan = client.get(launch_url(campaign)).context["plan"]
    assert {part.member.title for part in plan.missing} == {"World Day", "We know now"}
    assert not plan.live


def test_board__asks_no_more_the_more_are_stopped(newsroom, campaign):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            newsroom.as_(newsroom.publisher).get(reverse("translation_board:index"), {"language": "ru"})
        return len(captured)

    queries()
    before = queries()
    for text in ("One", "Two"):
        quote = factories.QuoteFactory(text=text, campaigns=[campaign])
        stopped(newsroom, quote)
    assert queries() == before


def test_check_translations__names_what_is_live_without_a_review(newsroom, campaign):
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_translations", "--fix", stdout=out)
    assert out.getvalue().count("stopped, and the live text has not been reviewed") == 2


def test_check_translations__notes_by_itself_what_is_as_approved(newsroom, section):
    drafted(section, newsroom.publisher, APPROVED).publish(user=newsroom.publisher)
    WholeApproval.objects.all().delete()
    assert state_of(translation_into(section, "ru")).status == Status.UNREVIEWED

    call_command("check_translations", "--fix", stdout=io.StringIO())

    assert state_of(translation_into(section, "ru")).status == Status.PARKED
