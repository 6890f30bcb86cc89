"""What a campaign's page gathers, as its reader sees it."""

import datetime
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import PageViewRestriction

from campaigns.material import Material, Scope
from campaigns.models import NewsTopic
from tests import factories
from tests.scenes import scene

KINDS = ("stories", "quotes", "takeaways", "figures", "partners")


def gathered(campaign, code: str = "en", **scope) -> dict[str, list[Any]]:
    with translation.override(code):
        material = Material(
            RequestFactory().get("/"), campaign.body, Scope(campaign=campaign.translation_key, **scope), KINDS
        )
        return material.remaining


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index)


@scene
def story(site, campaign):
    return factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign])


def test_material__story_tied_to_the_campaign_is_shown(campaign, story):
    assert [card.title for card in gathered(campaign)["stories"]] == [story.title]


def test_material__quote_of_a_tied_story_and_quote_tied_itself_are_shown(campaign, story):
    factories.QuoteFactory(text="From the story", source=story)
    factories.QuoteFactory(text="By itself", campaigns=[campaign])
    factories.QuoteFactory(text="From elsewhere")
    assert {card.text for card in gathered(campaign)["quotes"]} == {"From the story", "By itself"}


def test_material__piece_of_a_draft_story_waits_for_it(site, campaign):
    draft = factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign], live=False)
    factories.QuoteFactory(source=draft, campaigns=[campaign])
    factories.TakeawayFactory(source=draft, campaigns=[campaign])
    factories.KeyFigureFactory(story=draft, campaigns=[campaign])
    assert gathered(campaign) == {}


def test_material__draft_piece_is_not_shown(campaign, story):
    factories.QuoteFactory(source=story, live=False)
    factories.TakeawayFactory(source=story, live=False)
    assert set(gathered(campaign)) == {"stories"}


def test_material__private_story_is_shown_in_no_language(site, campaign, story):
    russian = translated(story, site.news_indexes["ru"])
    factories.QuoteFactory(source=story)
    PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    assert russian.live
    assert gathered(campaign, "ru") == {}


def test_material__withdrawn_original_hides_its_translation(site, campaign):
    quote = factories.QuoteFactory(campaigns=[campaign])
    factories.QuoteFactory(translation_key=quote.translation_key, locale="ru", text="По-русски")
    assert [card.text for card in gathered(campaign, "ru")["quotes"]] == ["По-русски"]
    quote.consent_withdrawn = datetime.date(2024, 1, 1)
    quote.save(update_fields=["consent_withdrawn"])
    assert gathered(campaign, "ru") == {}


@pytest.mark.parametrize(
    "spoilt",
    [
        {"consent_withdrawn": datetime.date(2024, 1, 1)},
        {"consent_until": datetime.date(2024, 1, 1)},
        {"consent_scope": "internal"},
        {"consent_reference": ""},
        {"who_speaks": ""},
    ],
    ids=lambda spoilt: next(iter(spoilt)),
)
def test_consent__condition_and_property_agree(site, spoilt):
    quote = factories.QuoteFactory()
    if "who_speaks" in spoilt:
        spoilt = {**spoilt, "consent_reference": ""}
    for name, value in spoilt.items():
        setattr(quote, name, value)
    quote.save(update_fields=list(spoilt))
    assert not quote.consent_holds()
    assert not type(quote).objects.consented().exists()


def test_material__reader_language_first_then_its_chain(site, campaign):
    quote = factories.QuoteFactory(campaigns=[campaign], text="English")
    factories.QuoteFactory(translation_key=quote.translation_key, locale="ru", text="Русский")
    only_english = factories.QuoteFactory(campaigns=[campaign], text="English alone")
    by_text = {card.text: card for card in gathered(campaign, "tg")["quotes"]}
    assert set(by_text) == {"Русский", only_english.text}
    assert (by_text["Русский"].lang, by_text["Русский"].is_fallback) == ("ru", True)
    assert "English" not in {card.text for card in gathered(campaign, "ru")["quotes"]}


def test_material__tie_made_in_one_language_counts_in_all(site, campaign):
    russian_campaign = translated(campaign, site.campaign_indexes["ru"])
    factories.NewsPageFactory(parent=site.news_index, title="Tied to English", campaigns=[campaign])
    factories.NewsPageFactory(parent=site.news_indexes["ru"], title="К русской", campaigns=[russian_campaign])
    titles = {"Tied to English", "К русской"}
    assert {card.title for card in gathered(campaign)["stories"]} == titles
    assert {card.title for card in gathered(russian_campaign, "ru")["stories"]} == titles


def test_material__picked_first_in_the_editors_order_and_never_twice(site, campaign):
    older, newer, newest = (
        factories.NewsPageFactory(
            parent=site.news_index, campaigns=[campaign], date=datetime.date(2024, 8, day), title=f"Day {day}"
        )
        for day in (1, 2, 3)
    )
    elsewhere = factories.NewsPageFactory(parent=site.news_index, title="From elsewhere")
    set_body(campaign, ("latest_news", {"picks": [older, elsewhere], "limit": 4}), ("latest_news", {"limit": 2}))
    first, second = blocks_drawn(campaign)
    assert [card.title for card in first] == [older.title, elsewhere.title, newest.title, newer.title]
    assert [card.title for card in second] == [newest.title, newer.title]


def test_material__only_picked_leaves_out_the_rest(site, campaign, story):
    other = factories.NewsPageFactory(parent=site.news_index, title="Picked")
    set_body(campaign, ("latest_news", {"picks": [other], "only_picked": True}))
    assert [[card.title for card in block] for block in blocks_drawn(campaign)] == [["Picked"]]


def test_material__picked_draft_private_withdrawn_or_deleted_is_left_out(site, campaign):
    draft, withdrawn, deleted = factories.QuoteFactory.create_batch(3)
    good = factories.QuoteFactory(text="Good")
    set_body(campaign, ("voices", {"picks": [draft, withdrawn, deleted, good], "only_picked": True}))
    draft.unpublish()
    withdrawn.consent_withdrawn = datetime.date(2024, 1, 1)
    withdrawn.save(update_fields=["consent_withdrawn"])
    deleted.delete()
    assert [[card.text for card in block] for block in blocks_drawn(campaign)] == [["Good"]]


def test_material__edition_takes_stories_of_its_period(site, campaign):
    for year, day in ((2023, 1), (2024, 30)):
        factories.EditionPageFactory(parent=campaign, year=year, starts_on=datetime.date(year, 7, day))
    for title, date in (
        ("before", datetime.date(2023, 6, 30)),
        ("first day", datetime.date(2023, 7, 1)),
        ("last day", datetime.date(2024, 7, 29)),
        ("next", datetime.date(2024, 7, 30)),
    ):
        factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign], title=title, date=date)
    assert edition_stories(campaign, 2023) == {"first day", "last day"}
    assert edition_stories(campaign, 2024) == {"next"}


def test_material__date_of_the_original_decides_until_its_translations_follow(site, campaign):
    for year in (2023, 2024):
        factories.EditionPageFactory(parent=campaign, year=year, starts_on=datetime.date(year, 7, 30))
    story = factories.NewsPageFactory(
        parent=site.news_index, campaigns=[campaign], title="Moved", date=datetime.date(2023, 8, 1)
    )
    translated(story, site.news_indexes["ru"])
    story.date = datetime.date(2024, 8, 1)
    story.save()
    assert edition_stories(campaign, 2023) == set()
    assert edition_stories(campaign, 2024) == {"Moved"}


def test_material__of_two_editions_of_one_day_the_later_year_has_the_stories(site, campaign):
    for year in (2023, 2024):
        factories.EditionPageFactory(parent=campaign, year=year, starts_on=datetime.date(2023, 12, 30))
    factories.NewsPageFactory(
        parent=site.news_index, campaigns=[campaign], title="Once", date=datetime.date(2024, 8, 1)
    )
    assert (edition_stories(campaign, 2023), edition_stories(campaign, 2024)) == (set(), {"Once"})


def test_material__tie_removed_from_the_original_is_gone_from_all(site, campaign, story):
    translated(story, site.news_indexes["ru"])
    factories.QuoteFactory(source=story)
    story.campaign_ties = []
    story.topic_ties = [NewsTopic(topic=factories.TopicFactory())]
    story.save()
    assert gathered(campaign) == gathered(campaign, "ru") == {}


def test_material__original_taken_offline_is_not_stood_in_for(site, campaign, story):
    quote = factories.QuoteFactory(campaigns=[campaign])
    factories.QuoteFactory(translation_key=quote.translation_key, locale="ru")
    translated(story, site.news_indexes["ru"])
    quote.unpublish()
    story.unpublish()
    assert gathered(campaign) == gathered(campaign, "ru") == {}


def edition_stories(campaign, year: int) -> set[str]:
    edition = campaign.get_children().get(slug=str(year)).specific
    context = edition.get_context(RequestFactory().get("/"))
    return {card.title for card in context["material"].remaining.get("stories", [])}


@pytest.mark.parametrize("code", ["en", "tg"])
def test_material__queries_do_not_grow(site, campaign, code, django_assert_num_queries):
    def fill(count: int) -> None:
        for _n in range(count):
            person = factories.PersonFactory()
            partner = factories.OrganisationFactory()
            story = factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign], partners=[partner])
            factories.QuoteFactory(source=story, speaker=person)
            factories.TakeawayFactory(source=story)
            factories.KeyFigureFactory(story=story)

    fill(1)
    gathered(campaign, code)
    with django_assert_num_queries(11):
        gathered(campaign, code)
    fill(12)
    with django_assert_num_queries(11):
        assert len(gathered(campaign, code)["quotes"]) == 6


def translated(page, parent):
    """A live translation, its ties copied as wagtail-localize copies them."""
    copy = page.copy_for_translation(parent.locale, copy_parents=False)
    copy.live = True
    copy.save()
    return copy


def set_body(campaign, *blocks) -> None:
    campaign.body = list(blocks)
    campaign.save()
    campaign.refresh_from_db()


def blocks_drawn(campaign) -> list[list[Any]]:
    campaign = type(campaign).objects.get(pk=campaign.pk)
    material = Material(RequestFactory().get("/"), campaign.body, Scope(campaign=campaign.translation_key))
    return [block.block.get_context(block.value, {"material": material})["items"] for block in campaign.body]
