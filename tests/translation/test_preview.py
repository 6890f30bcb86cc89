"""A translation's previews are what its readers see after publishing."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests import factories
from tests.scenes import scene
from tests.translating import Newsroom
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db


@scene
def story(newsroom):
    page = factories.NewsPageFactory(parent=newsroom.site.news_index, title="Lanterns over the river")
    page.save_revision().publish()
    return page


def main_of(response) -> str:
    return str(BeautifulSoup(response.content, "html.parser").find("main"))


def previews_and_page(newsroom: Newsroom, translation) -> list[str]:
    """Of the review's screen, of the translation editor, and what readers see then."""
    review = newsroom.submit(translation)
    assert review is not None
    urls = [
        reverse("translation_review:preview", args=[review.pk]),
        reverse("wagtail_localize:preview_translation", args=[translation.pk]),
    ]
    people = newsroom.reviewer, newsroom.translators["ru"]
    seen = [main_of(newsroom.as_(user).get(url)) for user, url in zip(people, urls, strict=True)]
    newsroom.decide(review)
    newsroom.publish(translation)
    target = target_of(translation)
    assert target is not None
    assert target.live
    return [*seen, main_of(newsroom.as_(newsroom.reviewer).get(target.get_url()))]


def test_previews__show_a_quote_in_the_language_that_readers_get(newsroom, story):
    speaker = factories.PersonFactory(name="Zarina Sodiqova")
    quote = factories.QuoteFactory(source=story, speaker=speaker, text="I came home.")
    newsroom.send(quote, "ru")
    [translation] = newsroom.send(story, "ru")
    newsroom.word(translation)

    review, editor, public = previews_and_page(newsroom, translation)

    assert review == editor == public
    assert "I came home." in public
    assert "Zarina Sodiqova" in public


def test_previews__show_no_drafts_of_the_original(newsroom, story):
    [translation] = newsroom.send(story, "ru")
    newsroom.word(translation)
    speaker = factories.PersonFactory(live=False, name="Zarina Sodiqova")
    factories.QuoteFactory(live=False, source=story, speaker=speaker, text="I came home.")

    review, editor, public = previews_and_page(newsroom, translation)

    assert review == editor == public
    assert "I came home." not in public


def test_preview_of_a_review__shows_a_quote_as_it_was_submitted_with_it(newsroom, story):
    quote = factories.QuoteFactory(source=story, text="I came home.")
    [of_quote] = newsroom.send(quote, "ru")
    newsroom.word(of_quote, lambda text: "Я вернулась домой.")
    [translation] = newsroom.send(story, "ru")
    newsroom.word(translation)

    review, editor, public = previews_and_page(newsroom, translation)

    assert "I came home." in editor
    assert "Я вернулась домой." not in editor
    assert review == public
    assert "Я вернулась домой." in public
