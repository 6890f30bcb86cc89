"""What was deleted in all languages comes back in all of them as it was, and through the gate."""

import datetime

import pytest
from django.urls import reverse

from campaigns.models import CampaignPage, Quote
from tests import factories
from tests.going_live import messages_of
from tests.launching import reviewed
from tests.lives import delete_url, kept, live_in, restore, rows
from tests.scenes import scene
from tests.translating import change_source, state_of, translation_into
from translation.models import DeletedObject, Review
from translation.units.states import Status

pytestmark = pytest.mark.django_db


@scene
def campaign(site, newsroom):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")
    newsroom.bring_live(page, "ru", "tg")
    return page


def delete(newsroom, thing, others: str = "all"):
    return newsroom.as_(newsroom.publisher).post(delete_url(thing), {"other_languages": others})


def restore_url(thing, code: str = "en") -> str:
    deleted = kept(thing, code)
    assert deleted is not None
    return reverse("translation_life:restore", args=[deleted.pk])


def second(moment: datetime.datetime) -> datetime.datetime:
    """What is kept is kept to the thousandth."""
    return moment.replace(microsecond=0)


def first_published(thing) -> dict[str, datetime.datetime]:
    return {code: second(row.first_published_at) for code, row in rows(thing).items()}


def test_deleted_in_all_languages__is_back_and_live_in_all_with_one_press(newsroom, campaign, client):
    before = first_published(campaign)
    addresses = {code: client.get(row.url).status_code for code, row in rows(campaign).items()}
    delete(newsroom, campaign)

    newsroom.as_(newsroom.publisher).post(restore_url(campaign))

    back = rows(campaign)
    assert live_in(campaign) == {"en", "ru", "tg"}
    assert {code: client.get(row.url).status_code for code, row in back.items()} == addresses
    assert set(addresses.values()) == {200}
    assert first_published(campaign) == before
    assert not any(row.has_unpublished_changes for row in back.values())
    assert back["ru"].title == "World Day [ru]"


def test_deleted_in_all_languages__is_reviewed_as_it_was(newsroom, campaign):
    decided = Review.objects.filter(locale__language_code="ru").get()
    delete(newsroom, campaign)

    restore(newsroom, kept(campaign))

    back = Review.objects.get(locale__language_code="ru")
    assert state_of(translation_into(campaign, "ru")).status == Status.LIVE
    assert (back.decided_by, back.submitted_by) == (decided.decided_by, decided.submitted_by)
    assert (second(back.decided_at), second(back.submitted_at)) == (
        second(decided.decided_at),
        second(decided.submitted_at),
    )
    assert list(back.translators.all()) == [newsroom.translators["ru"]]
    assert rows(campaign)["ru"].live_revision_id == back.revision_id


def test_reviewed_and_never_live__is_still_reviewed_and_can_be_published(newsroom, site):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")
    [russian] = reviewed(newsroom, page, "ru")
    delete(newsroom, page)

    restore(newsroom, kept(page))

    assert live_in(page) == {"en"}
    assert state_of(russian).status == Status.REVIEWED
    newsroom.publish(russian)
    assert live_in(page) == {"en", "ru"}


def test_worded_anew_before_it_was_deleted__is_live_as_approved_and_says_so(newsroom, campaign):
    russian = translation_into(campaign, "ru")
    newsroom.word_one(russian, "World Day", "Новое")
    delete(newsroom, campaign)

    restore(newsroom, kept(campaign))

    assert rows(campaign)["ru"].title == "World Day [ru]"
    assert (state_of(russian).status, state_of(russian).live) == (Status.IN_TRANSLATION, True)


def test_source_changed_meanwhile__stays_a_draft_and_says_what_to_do(newsroom, campaign):
    delete(newsroom, rows(campaign)["ru"])
    change_source(campaign, title="World Day now")

    response = restore(newsroom, kept(campaign, "ru"))

    assert live_in(campaign) == {"en", "tg"}
    assert "the source has changed" in messages_of(response)
    assert state_of(translation_into(campaign, "ru")).status == Status.STALE


def test_translation_alone__is_back_and_live(newsroom, campaign):
    delete(newsroom, rows(campaign)["ru"])

    restore(newsroom, kept(campaign, "ru"))

    assert live_in(campaign) == {"en", "ru", "tg"}


def test_what_the_gate_refuses__stays_a_draft_and_says_why(newsroom, site):
    quote = factories.QuoteFactory(text="We know now")
    newsroom.bring_live(quote, "ru")
    Quote.objects.filter(translation_key=quote.translation_key).update(consent_withdrawn="2024-01-01")
    delete(newsroom, quote)

    response = restore(newsroom, kept(quote))

    assert live_in(quote) == set()
    assert "is now a draft" in messages_of(response)


def test_quote__is_back_and_live_with_its_later_draft(newsroom, site):
    quote = factories.QuoteFactory(text="We know now")
    newsroom.bring_live(quote, "ru")
    draft = Quote.objects.get(pk=quote.pk)
    draft.role = "teacher"
    draft.save_revision()
    delete(newsroom, quote)

    restore(newsroom, kept(quote))

    back = rows(quote)["en"]
    assert live_in(quote) == {"en", "ru"}
    assert (back.role, back.get_latest_revision_as_object().role) == (quote.role, "teacher")
    assert back.has_unpublished_changes


def test_what_was_no_more_than_a_draft__is_a_draft(newsroom, site):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip", live=False)
    delete(newsroom, page)

    newsroom.as_(newsroom.publisher).post(restore_url(page))

    assert not CampaignPage.objects.get(pk=page.pk).live


def test_chosen_alone__comes_back_alone(newsroom, campaign):
    delete(newsroom, campaign)

    newsroom.as_(newsroom.publisher).post(restore_url(campaign), {"chosen": "1"})

    assert live_in(campaign) == {"en"}
    assert DeletedObject.objects.filter(restored_at=None).count() == 2
