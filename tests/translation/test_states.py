"""How far a thing is, in words and in queries."""

import pytest
from wagtail.models import Page

from campaigns.models import CampaignPage
from tests import factories
from tests.scenes import scene
from tests.translating import change_source, state_of
from translation.units.segments import target_of
from translation.units.states import Status, states_of

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="WD"
    )


def test_long_page__takes_few_queries(newsroom, site, django_assert_max_num_queries):
    paragraphs = "".join(f"<p>Sentence number {number} of a long page.</p>" for number in range(200))
    page = factories.CampaignPageFactory(parent=site.campaign_index, introduction=paragraphs)
    translations = newsroom.send(page, "ru", "tg")
    locales = [translation.target_locale_id for translation in translations]
    targets = {(page.translation_key, locale_id): False for locale_id in locales}

    with django_assert_max_num_queries(10):
        found = states_of([page.translation_key], locales, targets)

    assert {state.status for state in found.values()} == {Status.IN_TRANSLATION}
    assert {state.strings for state in found.values()} == {202}
    assert {state.words_left for state in found.values()} == {state.words for state in found.values()}


def test_state__counts_the_words_that_are_left(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    before = state_of(russian)
    newsroom.word_one(russian, "World Day", "День")
    after = state_of(russian)

    assert (before.words, before.words_left, before.strings_left) == (3, 3, 2)
    assert (after.words, after.words_left, after.strings_left) == (3, 1, 1)


def test_approved_but_never_live__is_out_of_date_once_its_source_has_changed(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    approved = state_of(russian).status

    change_source(campaign, title="World Day, again")

    assert approved == Status.REVIEWED
    assert state_of(russian).status == Status.STALE
    assert not target_of(russian).live


def test_stopped_translation__is_parked(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")
    russian.enabled = False
    russian.save()

    assert state_of(russian).status == Status.PARKED
    assert Page.objects.get(pk=target_of(russian).pk).live


def test_what_was_never_sent__is_missing(campaign, site):
    locale = site.locales["ru"]

    found = states_of([campaign.translation_key], [locale.pk], {})

    assert found[campaign.translation_key, locale.pk].status == Status.MISSING
