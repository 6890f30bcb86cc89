"""Each run of text carries its language where that is not the page's, and only it."""

from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString

from campaigns.drawing import places_of
from core.media.renditions import make_pictures
from tests import factories
from tests.scenes import scene


@scene
def campaign(site):
    """In English, as is all that belongs to it; its page has a Russian translation."""
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, slug="campaign")
    russian = campaign.copy_for_translation(site.locales["ru"], copy_parents=False)
    russian.live = True
    russian.save()
    return campaign


def language_of(node: NavigableString) -> str:
    return next(str(parent["lang"]) for parent in node.parents if parent.get("lang"))


def languages(client, address: str) -> dict[str, str]:
    """Of a page's main part its runs of text, each with its language; a direction stands beside each."""
    soup: Any = BeautifulSoup(client.get(address).content, "html.parser")
    assert all(tag.get("dir") for tag in soup.main.find_all(lang=True))
    return {text.strip(): language_of(text) for text in soup.main.find_all(string=True) if text.strip()}


def test_story_card__place_title_and_date_each_in_their_language(client, site, campaign):
    place = factories.PlaceFactory(name="Romit", country="")
    factories.PlaceFactory(name="Ромит", country="", locale="ru", translation_key=place.translation_key)
    only_english = factories.PlaceFactory(name="Onlyenglishville", country="")
    factories.NewsPageFactory(
        parent=site.news_index,
        campaigns=[campaign],
        places=[place, only_english],
        title="A story",
        summary="In English.",
    )
    found = languages(client, "/ru/campaigns/campaign/")
    assert (found["A story"], found["In English."], found["Onlyenglishville"]) == ("en", "en", "en")
    assert next(code for text, code in found.items() if text.startswith("16 августа 2024")) == "ru"
    assert next(code for text, code in found.items() if "Ромит" in text) == "ru"
    assert found["English"] == "en"


def test_story__place_topic_and_goal_of_another_language(client, site):
    topic = factories.TopicFactory(name="Onlyenglishtopic")
    place = factories.PlaceFactory(name="Onlyenglishville", country="")
    goal = factories.SDGFactory(number=8, name="Onlyenglishgoal")
    story = factories.NewsPageFactory(
        parent=site.news_indexes["ru"], title="История", places=[place], topics=[topic], sdgs=[goal]
    )
    found = languages(client, story.get_url())
    assert (found["Onlyenglishville"], found["Onlyenglishtopic"], found["8. Onlyenglishgoal"]) == (
        "en",
        "en",
        "en",
    )
    assert found["История"] == "ru"


def test_story__credit_of_a_picture_in_its_language(client, site):
    image = factories.SiteImageFactory(credit="Drawn by hand", credit_language="en", alt_texts={"en": "A road"})
    make_pictures(image)
    story = factories.NewsPageFactory(parent=site.news_indexes["ru"], lead_image=image)
    page = BeautifulSoup(client.get(story.get_url()).content, "html.parser")
    caption = page.find("figcaption")
    assert (caption.span["lang"], caption.span["dir"], caption.span.text) == ("en", "ltr", "Drawn by hand")
    assert caption.get("lang") is None
    assert page.find("img", alt="A road")["lang"] == "en"


def test_voice__words_speaker_source_and_label_each_in_their_language(client, site, campaign):
    story = factories.NewsPageFactory(parent=site.news_index, title="Where it was said")
    speaker = factories.PersonFactory(name="Onlyenglish Speaker", honorific="Ms.")
    quote = factories.QuoteFactory(
        text="English words",
        role="teacher",
        speaker=speaker,
        source=story,
        campaigns=[campaign],
        original_language="tg",
    )
    found = languages(client, "/ru/campaigns/campaign/")
    for text in ("English words", "teacher", "Ms. Onlyenglish Speaker", "Where it was said"):
        assert found[text] == "en", text
    assert found["язык оригинала: таджикский"] == "ru"

    factories.QuoteFactory(
        text="Русские слова", role="учитель", locale="ru", translation_key=quote.translation_key, speaker=speaker
    )
    found = languages(client, "/ru/campaigns/campaign/")
    assert (found["Русские слова"], found["учитель"], found["Ms. Onlyenglish Speaker"]) == ("ru", "ru", "en")


def test_filters__options_in_their_language(client, site, campaign):
    factories.NewsPageFactory(parent=site.news_index, topics=[factories.TopicFactory(name="Onlyenglishtopic")])
    soup = BeautifulSoup(client.get("/ru/news/").content, "html.parser")
    option = soup.find("option", string="Onlyenglishtopic")
    assert (option["lang"], option["dir"]) == ("en", "ltr")


def test_page__in_one_language_has_no_marks(client, site, campaign):
    story = factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign])
    factories.QuoteFactory(source=story, speaker=factories.PersonFactory())
    for address in (campaign.get_url(), story.get_url()):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        assert soup.main.find_all(lang=True) == []


def test_places__take_two_queries_for_all_stories(site, django_assert_num_queries):
    stories = [factories.NewsPageFactory(parent=site.news_index) for _n in range(3)]
    with django_assert_num_queries(2):
        assert len(places_of(stories, "ru")) == 3
