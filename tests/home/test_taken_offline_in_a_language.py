"""What was taken offline in one language alone: its readers meet no other language in its place."""

import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.scenes import scene

ORIGINAL, RUSSIAN = "Original words", "Русские слова"


def both(factory, field: str, **values):
    """In English and Russian."""
    original = factory(**{field: ORIGINAL}, **values)
    own = {"slug": original.slug} if hasattr(original, "slug") else {}
    tied = {key: values[key] for key in ("source", "story", "speaker", "date", "year") if key in values}
    return original, factory(
        **{field: RUSSIAN}, locale="ru", translation_key=original.translation_key, **own, **tied
    )


@scene
def story(site, campaign):
    return factories.NewsPageFactory(parent=site.news_index, title="Gathering", slug="camp", campaigns=[campaign])


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="day")


@scene
def russian_story(site, story):
    return factories.NewsPageFactory(
        parent=site.news_indexes["ru"], title="Лагерь", slug="camp", translation_key=story.translation_key
    )


@scene
def full(site) -> dict[str, Any]:
    """A story in both languages, and the pairs of what is shown on it."""
    person = both(factories.PersonFactory, "name")
    place, topic = both(factories.PlaceFactory, "name"), both(factories.TopicFactory, "name")
    tied, key = {"places": [place[0]], "topics": [topic[0]]}, uuid4()
    english, russian = [
        factories.NewsPageFactory(
            parent=site.news_indexes[code], title="Full", slug="full", translation_key=key, **tied
        )
        for code in ("en", "ru")
    ]
    quote = factories.QuoteFactory(text="Of somebody", source=english, speaker=person[0])
    pairs = {
        "person": person,
        "place": place,
        "topic": topic,
        "quote": both(factories.QuoteFactory, "text", source=english),
        "takeaway": both(factories.TakeawayFactory, "statement", source=english),
        "figure": both(factories.KeyFigureFactory, "label", story=english),
    }
    return {**pairs, "pages": (english, russian), "said": quote}


@pytest.mark.parametrize("kind", ["person", "place", "topic", "quote", "takeaway", "figure"])
def test_piece__taken_offline_in_a_language_is_shown_there_in_no_other(client, full, kind):
    english, russian = full["pages"]
    before = client.get(russian.get_url()).text
    full[kind][1].unpublish()
    after = client.get(russian.get_url()).text

    assert ORIGINAL not in before + after
    assert after.count(RUSSIAN) < before.count(RUSSIAN)
    assert client.get(english.get_url()).text.count(ORIGINAL) >= 6


def test_piece__that_was_never_live_in_the_language_stands_in_as_ever(client, story, russian_story):
    _original, russian = both(factories.QuoteFactory, "text", source=story)
    russian.live, russian.first_published_at = False, None
    russian.save()
    assert ORIGINAL in client.get(russian_story.get_url()).text


def test_piece__deleted_in_the_language_gives_its_place_to_the_original(client, story, russian_story):
    _original, russian = both(factories.QuoteFactory, "text", source=story)
    assert ORIGINAL not in client.get(russian_story.get_url()).text
    russian.delete()
    assert ORIGINAL in client.get(russian_story.get_url()).text


def test_story__taken_offline_in_a_language_is_in_none_of_its_lists(client, site, campaign, story, russian_story):
    russian_campaign = factories.CampaignPageFactory(
        parent=site.campaign_indexes["ru"], translation_key=campaign.translation_key, title="День", slug="day"
    )
    both(factories.QuoteFactory, "text", source=story)
    addresses = [russian_campaign.get_url(), site.news_indexes["ru"].get_url()]
    for address in addresses:
        assert "Лагерь" in client.get(address).text
    api = "/api/v2/news/?locale=ru"
    assert client.get(api).json()["meta"]["total_count"] == 1

    russian_story.unpublish()

    for address in addresses:
        assert "Gathering" not in client.get(address).text
    found = client.get(api).json()
    assert (found["meta"]["total_count"], found["items"]) == (0, [])
    assert client.get("/api/v2/news/?locale=tg").json()["meta"]["total_count"] == 1
    assert "Gathering" in client.get(site.news_indexes["tg"].get_url()).text
    # What was said in it has its own translation.
    assert RUSSIAN in client.get(russian_campaign.get_url()).text


def test_campaign__taken_offline_in_a_language_is_in_none_of_its_lists(client, site):
    campaign = factories.CampaignPageFactory(
        parent=site.campaign_index, title=ORIGINAL, slug="day", observance_day=30, observance_month=7
    )
    russian = factories.CampaignPageFactory(
        parent=site.campaign_indexes["ru"],
        translation_key=campaign.translation_key,
        title=RUSSIAN,
        slug="day",
        observance_day=30,
        observance_month=7,
    )
    addresses = [site.campaign_indexes["ru"].get_url(), "/ru/calendar.ics"]
    for address in addresses:
        assert RUSSIAN in client.get(address).content.decode()
    russian.unpublish()
    for address in addresses:
        assert ORIGINAL not in client.get(address).content.decode()


def test_link__to_a_page_taken_offline_in_the_language_is_left_as_its_words(client, site, story, russian_story):
    link = f'<p><a linktype="page" id="{story.pk}">туда</a></p>'
    section = factories.SectionPageFactory(parent=site.homes["ru"], title="Раздел", body=[("rich_text", link)])
    assert russian_story.get_url() in client.get(section.get_url()).text
    russian_story.unpublish()
    text = client.get(section.get_url()).text
    assert "туда" in text
    assert story.get_url() not in text


@pytest.mark.parametrize("day", [datetime.date(2024, 7, 1)])
def test_page__asks_no_more_of_the_database_for_it(client, story, russian_story, day):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(russian_story.get_url())
        return len(captured)

    russian = [both(factories.QuoteFactory, "text", source=story, date=day)[1] for _number in range(4)]
    queries()
    before = queries()
    for quote in russian[:3]:
        quote.unpublish()
    assert queries() <= before
