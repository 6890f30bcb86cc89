from typing import Any

import pytest

from tests import factories
from tests.scenes import scene
from tests.translating import change_source
from translation.board.readiness import Readiness, readiness_of
from translation.campaign_contents.seen_by_readers import members_of

pytestmark = pytest.mark.django_db


@scene
def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name=""
    )


@scene
def quote(campaign):
    speaker = factories.PersonFactory(name="Zarina")
    return factories.QuoteFactory(
        text="We know now", role="", who_speaks="official", speaker=speaker, campaigns=[campaign]
    )


def ready(campaign, locale) -> dict[str, Any]:
    cells = readiness_of(members_of(campaign), [locale.pk])
    return {cell.member.title: cell for cell in cells.values()}


def test_page__is_not_up_to_date_while_a_quote_on_it_is_missing(newsroom, campaign, quote):
    newsroom.bring_live(campaign, "ru")

    page = ready(campaign, newsroom.site.locales["ru"])["World Day"]

    assert page.own.status == "live"
    assert page.status == Readiness.INCOMPLETE
    assert [each.title for each in page.blockers] == ["We know now", "Zarina"]
    assert not page.is_done


def test_page__is_out_of_date_with_a_quote_on_it(newsroom, campaign, quote):
    for thing in (quote.speaker, quote, campaign):
        newsroom.bring_live(thing, "ru")
    russian = newsroom.site.locales["ru"]
    assert ready(campaign, russian)["World Day"].status == Readiness.LIVE

    change_source(quote, text="We know now, all of us")

    page = ready(campaign, russian)["World Day"]
    assert page.status == Readiness.STALE
    assert [each.title for each in page.blockers] == ["We know now, all of us"]
    assert page.words_left == 6


def test_words__left_are_those_of_what_it_shows_as_well(newsroom, campaign, quote):
    newsroom.bring_live(campaign, "ru")
    newsroom.send(quote, "ru")

    page = ready(campaign, newsroom.site.locales["ru"])["World Day"]

    assert page.own.words_left == 0
    assert page.words_left == 4


def test_alternative_text__is_there_or_missing(site, campaign):
    campaign.lead_image = factories.SiteImageFactory(title="Road", alt_texts={"en": "A road", "ru": "Дорога"})
    campaign.save()

    assert ready(campaign, site.locales["ru"])["Road"].status == Readiness.LIVE
    assert ready(campaign, site.locales["tg"])["Road"].status == Readiness.MISSING


def test_language__of_the_original_is_left_out(site, campaign):
    assert ready(campaign, site.locales["en"]) == {}
