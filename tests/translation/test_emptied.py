"""A string that a translator empties in wagtail-localize's editor."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from campaigns.models import CampaignPage
from tests import factories
from tests.going_live import messages_of
from tests.scenes import scene
from tests.translating import change_source, state_of, waiting, words_of
from translation.units.states import Status

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="WD"
    )


@scene
def russian(newsroom, campaign):
    [translation] = newsroom.send(campaign, "ru")
    return translation


@pytest.fixture
def empty(newsroom):
    """Empties a string, as the editor of wagtail-localize does."""

    def send(translation, source):
        segment = translation.source.stringsegment_set.get(string__data=source)
        url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        return newsroom.as_(newsroom.translators["ru"]).delete(url)

    return send


def test_emptied__has_its_approved_wording_again(newsroom, campaign, empty, capsys):
    [russian] = newsroom.bring_live(campaign, "ru")
    newsroom.word_one(russian, "World Day", "День")
    changed = state_of(russian)

    response = empty(russian, "World Day")

    assert response.status_code == 200
    assert "the approved text was restored" in messages_of(response)
    assert changed.is_reworded
    assert state_of(russian).status == Status.LIVE
    assert words_of(russian, "World Day") == "World Day [ru]"
    call_command("check_translations")
    assert "No inconsistencies." in capsys.readouterr().out


def test_emptied_while_out_of_date__stays_so_and_is_not_approved_by_who_emptied_it(newsroom, campaign, empty):
    [russian] = newsroom.bring_live(campaign, "ru")
    both = factories.UserFactory(groups=["Translator ru", "Reviewer"])
    newsroom.translators["ru"] = both
    change_source(campaign, title="Another day")
    newsroom.word(russian, lambda text: "Never read")
    change_source(campaign, title="Another day again")

    empty(russian, "Another day again")
    review = newsroom.submit(russian)
    newsroom.decide(review, user=both)

    assert state_of(russian).stale == 1
    assert words_of(russian, "Another day again") == "Never read"
    assert waiting(russian) == review


def test_emptied_before_it_was_ever_approved__is_empty(newsroom, russian, empty):
    newsroom.word(russian)

    empty(russian, "World Day")

    assert words_of(russian, "World Day") is None


def test_wording_without_words__is_refused(newsroom, russian):
    newsroom.word(russian)

    assert newsroom.word_one(russian, "World Day", " ").status_code == 400
    assert words_of(russian, "World Day") == "World Day [ru]"
