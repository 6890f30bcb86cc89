"""What the screens of translation say, and to whom."""

import pytest
from django.conf import settings
from django.urls import reverse

from campaigns.models import CampaignPage
from tests import factories
from tests.going_live import messages_of
from tests.lives import delete_url, publisher_of
from tests.scenes import scene
from tests.translating import waiting
from tests.translation.exchanging import upload, word, xliff_of
from translation.exchange.plan import Outcome
from translation.exchange.words import counted
from translation.models import Review, ReviewStatus

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name=""
    )


def board_of(client, campaign) -> str:
    return client.get(f"{reverse('translation_board:index')}?campaign={campaign.pk}").content.decode()


def test_launch_button__is_for_whoever_may_publish_there(newsroom, campaign, site):
    newsroom.bring_live(campaign, "ru")
    url = reverse("translation_launch:launch", args=[campaign.pk, "ru"])

    assert url in board_of(newsroom.as_(newsroom.publisher), campaign)
    for user in (newsroom.editor, newsroom.reviewer, newsroom.translators["ru"]):
        text = board_of(newsroom.as_(user), campaign)
        assert url not in text
        assert "To launch, you need permission to publish all items in the language." in text


def test_delete_question__says_of_each_language_what_goes_with_it(newsroom, campaign):
    for year in (2023, 2024):
        newsroom.bring_live(campaign, "ru")
        newsroom.bring_live(factories.EditionPageFactory(parent=campaign, year=year), "ru")

    text = newsroom.as_(newsroom.publisher).get(delete_url(campaign)).content.decode()

    assert "Subpages included: 2" in text


def test_move_question__proposes_what_can_be_done(newsroom, site):
    story = factories.NewsPageFactory(
        parent=site.news_index,
        title="Camp",
        slug="camp",
        topics=[factories.TopicFactory()],
        places=[factories.PlaceFactory()],
    )
    newsroom.bring_live(story, "ru")
    there = factories.NewsIndexPageFactory(parent=site.home, title="Archive", slug="archive")

    text = publisher_of(site.home).get(reverse("wagtailadmin_pages:move_confirm", args=[story.pk, there.pk]))

    assert 'value="only_this" required checked' in text.content.decode()


def test_review_that_was_taken_back__is_said_to_be(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    review = newsroom.submit(russian)
    translator = newsroom.as_(newsroom.translators["ru"])
    translator.post(reverse("translation_review:take_back", args=[review.pk]))

    response = newsroom.decide(review)

    assert "The review was cancelled in the meantime." in messages_of(response)
    assert Review.objects.get().status == ReviewStatus.WITHDRAWN


def test_review_that_was_decided__cannot_be_taken_back(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    review = newsroom.submit(russian)
    newsroom.decide(review)
    translator = newsroom.as_(newsroom.translators["ru"])

    response = translator.post(reverse("translation_review:take_back", args=[review.pk]))

    assert "The review was completed in the meantime." in messages_of(response)
    assert Review.objects.get().status == ReviewStatus.APPROVED
    assert waiting(russian) is None


@pytest.mark.parametrize("outcome", Outcome)
def test_counts__agree_with_their_number(outcome):
    assert counted(outcome, 1).startswith("1 string ")
    assert counted(outcome, 7).startswith("7 strings ")


def test_dry_run__counts_what_stays(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    for segment in russian.source.stringsegment_set.all():
        word(russian, segment, "Слово")

    shown = upload(newsroom.as_(newsroom.translators["ru"]), xliff_of(russian)).content.decode()

    assert "unchanged" in shown


def test_dates__have_one_form():
    """The short one is read as another day elsewhere."""
    root = settings.BASE_DIR / "templates" / "admin"
    short = [path for path in root.rglob("*.html") if "SHORT_DATE" in path.read_text()]

    assert short == []
