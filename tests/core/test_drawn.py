"""Components are drawn once in a process as long as they say the same."""

import datetime
from dataclasses import replace

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from campaigns.cards import StoryCard, TakeawayCard
from core.media.renditions import load_pictures
from core.templatetags import drawn
from tests import factories

CARD = StoryCard(code="en", title="A & B", url="/en/news/a/", date=datetime.date(2026, 7, 30))
STORY = '{% load drawn %}{% drawn "components/story_card.html" card=card %}'
TAKEAWAYS = '{% load drawn %}{% drawn "components/takeaways.html" items=items heading=heading %}'


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    drawn._drawn.cache_clear()


def draw(source: str, **values) -> str:
    return Template(source).render(Context(values))


def test_equal_cards__are_drawn_once(db):
    assert draw(STORY, card=CARD) == draw(STORY, card=replace(CARD))
    assert drawn._drawn.cache_info()[:2] == (1, 1)
    assert "A &amp; B" in draw(STORY, card=CARD)
    assert "Another" in draw(STORY, card=replace(CARD, title="Another"))


def test_each_language__is_drawn_by_itself(db):
    with translation.override("ru"):
        assert 'lang="en"' in draw(STORY, card=CARD)
    assert 'lang="en"' not in draw(STORY, card=CARD)


def test_lists_of_cards__are_drawn_by_what_they_say(db):
    card = TakeawayCard(code="en", statement="One")
    first = draw(TAKEAWAYS, items=[card], heading="")
    assert draw(TAKEAWAYS, items=[replace(card)], heading="") == first
    assert "Two" in draw(TAKEAWAYS, items=[card, replace(card, statement="Two")], heading="")


def test_safe_text__is_told_from_text_that_is_not(db):
    card = TakeawayCard(code="en", statement="One")
    assert "<i>" in draw(TAKEAWAYS, items=[card], heading=mark_safe("<i>Safe</i>"))
    assert "<i>" not in draw(TAKEAWAYS, items=[card], heading="<i>Safe</i>")


def test_image__is_drawn_anew_when_its_files_or_its_consent_change(db):
    image = factories.SiteImageFactory()
    first = draw(STORY, card=replace(CARD, image=image))
    image.get_renditions("width-400|format-webp", "width-400|format-jpeg")
    made = type(image).objects.get(pk=image.pk)
    load_pictures([made])
    second = draw(STORY, card=replace(CARD, image=made))
    assert "<picture" in second
    assert "<picture" not in first
    made.consent_withdrawn = timezone.localdate()
    assert draw(STORY, card=replace(CARD, image=made)) == first
