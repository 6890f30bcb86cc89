"""A translator words anew what is live, and nobody has touched the source."""

import csv

import pytest
from django.urls import reverse

from campaigns.models import CampaignPage
from tests import factories
from tests.launching import is_live, post, reviewed, url
from tests.scenes import scene
from tests.translating import change_source, state_of
from translation.models import Review
from translation.units.states import Status

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name=""
    )


@scene
def russian(newsroom, campaign):
    return newsroom.bring_live(campaign, "ru")[0]


def test_reworded__is_in_translation_then_in_review_and_stays_live(newsroom, russian):
    newsroom.word_one(russian, "World Day", "Новое")
    worded = state_of(russian)
    newsroom.submit(russian)
    submitted = state_of(russian)

    assert (worded.status, worded.live, worded.stale, worded.stands) == (Status.IN_TRANSLATION, True, 0, True)
    assert (submitted.status, submitted.live, submitted.stands) == (Status.IN_REVIEW, True, True)


def test_reworded__and_then_the_source_changed_is_out_of_date(newsroom, russian, campaign):
    newsroom.word_one(russian, "World Day", "Новое")

    change_source(campaign, title="World Day, again")

    state = state_of(russian)
    assert (state.status, state.stands) == (Status.STALE, False)


def test_reworded__after_a_new_year_in_the_source_is_no_more_out_of_date(newsroom, russian, campaign):
    """What needs no translator is live already."""
    change_source(campaign, observance_day=29, observance_month=7)

    newsroom.word_one(russian, "World Day", "Новое")

    assert state_of(russian).status == Status.IN_TRANSLATION


def test_reworded__does_not_stop_a_launch(newsroom, russian, campaign):
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    reviewed(newsroom, edition, "ru")
    newsroom.word_one(russian, "World Day", "Новое")
    client = newsroom.as_(newsroom.publisher)

    shown = client.get(url(edition)).content.decode()
    post(client, edition)

    assert "Not ready" not in shown
    assert is_live(edition)


def test_reworded__is_said_on_the_board_and_in_the_file(newsroom, russian, campaign):
    newsroom.word_one(russian, "World Day", "Новое")
    client = newsroom.as_(newsroom.publisher)
    address = f"{reverse('translation_board:index')}?campaign={campaign.pk}&language=ru"

    board = client.get(address).content.decode()
    rows = list(csv.DictReader(client.get(f"{address}&export=csv").content.decode("utf-8-sig").splitlines()))

    assert "Live, new text in translation" in board
    assert [(row["State"], row["Visible to readers"]) for row in rows] == [
        ("live, new text in translation", "yes")
    ]


def test_reworded__quote_leaves_the_page_that_shows_it_up_to_date(newsroom, russian, campaign):
    quote = factories.QuoteFactory(text="We know now", campaigns=[campaign], date="2024-08-01")
    translation = newsroom.bring_live(quote, "ru")[0]
    newsroom.word_one(translation, "We know now", "Мы теперь знаем")

    response = newsroom.as_(newsroom.publisher).get(f"{reverse('translation_board:index')}?language=ru")

    cells = {line.member.title: line.cells[0].ready for line in response.context["items"]}
    assert cells["World Day"].status == "live"
    assert cells["We know now"].status == "in_translation"


def test_reworded__is_no_change_of_the_source_to_readers(newsroom, russian):
    newsroom.word_one(russian, "World Day", "Новое")

    newsroom.decide(newsroom.submit(russian), "reject", "No.")

    assert not Review.objects.exclude(outdated_since=None).exists()
