"""What is deleted takes no wording with it, and can be brought back."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from campaigns.models import Quote
from tests import factories
from tests.going_live import messages_of
from tests.lives import delete_url, kept, live_in, memory, publisher_of, rows
from tests.scenes import scene
from tests.translating import Newsroom, change_source, translation_into
from translation.models import DeletedObject

pytestmark = pytest.mark.django_db


@scene
def campaign(site, newsroom: Newsroom):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")
    newsroom.bring_live(page, "ru")
    return page


@scene
def quote(newsroom: Newsroom, campaign):
    quote = factories.QuoteFactory(campaigns=[campaign])
    newsroom.bring_live(quote, "ru")
    return quote


@pytest.mark.parametrize("fixture", ["campaign", "quote"])
def test_deleting__asks_and_chooses_nothing_beforehand(newsroom, fixture, request):
    thing = request.getfixturevalue(fixture)
    text = newsroom.as_(newsroom.publisher).get(delete_url(thing)).content.decode()

    assert text.count('name="other_languages"') == 3
    assert "required checked" not in text
    assert "Русский" in text
    assert "can be restored" in text


@pytest.mark.parametrize("fixture", ["campaign", "quote"])
@pytest.mark.parametrize(
    ("answer", "there", "live"),
    [("all", set(), set()), ("take_down", {"ru"}, set()), ("only_this", {"ru"}, {"ru"})],
)
def test_deleting__does_what_was_said_and_loses_no_wording(newsroom, fixture, request, answer, there, live):
    thing = request.getfixturevalue(fixture)
    before = memory()

    newsroom.as_(newsroom.publisher).post(delete_url(thing), {"other_languages": answer})

    assert set(rows(thing)) == there
    assert live_in(thing) == live
    assert memory() == before
    assert TranslationSource.objects.filter(object_id=thing.translation_key).exists()


@pytest.mark.parametrize("fixture", ["campaign", "quote"])
def test_deleting__without_an_answer_does_nothing(newsroom, fixture, request):
    thing = request.getfixturevalue(fixture)

    response = newsroom.as_(newsroom.publisher).post(delete_url(thing))

    assert "Choose what to do" in messages_of(response)
    assert live_in(thing) == {"en", "ru"}


def test_deleting__of_a_translation_asks_nothing(newsroom, campaign):
    page = rows(campaign)["ru"]

    newsroom.as_(newsroom.publisher).post(delete_url(page))

    assert live_in(campaign) == {"en"}
    assert kept(campaign, "ru")


def test_deleting__where_one_language_is_not_theirs_is_refused_whole(site, campaign):
    client = publisher_of(site.home)

    for answer in ("all", "take_down"):
        response = client.post(delete_url(campaign), {"other_languages": answer})
        assert "You do not have permission to do this in Русский" in messages_of(response)
    assert live_in(campaign) == {"en", "ru"}


def test_deleting__respects_a_review_and_a_lock_of_a_translation(newsroom, campaign):
    change_source(campaign, title="The World Day")
    translation = translation_into(campaign, "ru")
    newsroom.word(translation)
    newsroom.submit(translation)
    client = newsroom.as_(newsroom.publisher)

    response = client.post(delete_url(campaign), {"other_languages": "all"})

    assert "workflow" in messages_of(response)
    assert live_in(campaign) == {"en", "ru"}


def test_deleting__that_fails_in_one_language_deletes_nothing(newsroom, campaign, monkeypatch):
    monkeypatch.setattr("translation.lifecycle.page_actions.delete", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        newsroom.as_(newsroom.publisher).post(delete_url(campaign), {"other_languages": "all"})

    assert live_in(campaign) == {"en", "ru"}
    assert not DeletedObject.objects.exists()


def test_deleting_in_code__keeps_every_page_of_the_tree_and_every_wording(newsroom, campaign):
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    newsroom.bring_live(edition, "ru")
    before = memory()

    Page.objects.filter(translation_key=campaign.translation_key).delete()

    assert memory() == before
    assert all(kept(thing, code) for thing in (campaign, edition) for code in ("en", "ru"))
    assert kept(edition).parent_key == campaign.translation_key


def test_deleting_snippets_in_code__keeps_them_and_their_wordings(newsroom, quote):
    before = memory()

    Quote.objects.all().delete()

    assert memory() == before
    assert kept(quote).content["object"]["campaign_ties"]
    assert kept(quote, "ru")
