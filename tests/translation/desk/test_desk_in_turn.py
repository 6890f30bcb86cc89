"""An object that is translated half at the desk and half in wagtail-localize's editor gives one result."""

import io
import json
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation

from tests import factories
from tests.scenes import scene
from tests.translating import Newsroom, edit_url
from tests.translation.desk.desks import desk_of
from translation.models import Review, ReviewStatus
from translation.review.screen import Screen
from translation.units.segments import segments_of, target_of

pytestmark = pytest.mark.django_db

BODY = '<h2>On the road</h2><p>Take <b>bread</b> &amp; <a href="https://example.org/">a map</a>.</p><p>Go.</p>'
RUSSIAN = {
    "Lanterns over the river": "Фонари над рекой",
    "A night in Romit.": "Ночь в Ромите.",
    "On the road": "В дороге",
    'Take <b>bread</b> &amp; <a id="a1">a map</a>.': 'Возьмите <b>хлеб</b> &amp; <a id="a1">карту</a>.',
    "Go.": "Идите.",
    "I came home.": "Я вернулась домой.",
    "guest of the camp": "гостья лагеря",
}


@scene
def story(newsroom):
    page = factories.NewsPageFactory(
        parent=newsroom.site.news_index,
        title="Lanterns over the river",
        summary="A night in Romit.",
        body=[("rich_text", RichText(BODY))],
    )
    page.save_revision().publish()
    return page


@scene
def translations(newsroom, story):
    quoted = factories.QuoteFactory(source=story, text="I came home.", role="guest of the camp")
    return [*newsroom.send(story, "ru"), *newsroom.send(quoted, "ru")]


def in_the_editor(newsroom: Newsroom, translation, segment, text: str) -> None:
    """As the script of wagtail-localize does."""
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    client = newsroom.as_(newsroom.translators["ru"])
    answer = client.put(url, f"value={quote(text)}", content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 201)


@pytest.mark.parametrize("begins", [0, 1])
def test_both_editors_in_turn__give_one_result(newsroom, story, translations, begins):
    [russian, of_quote] = translations
    desk = desk_of(newsroom, russian)
    for translation in translations:
        for number, segment in enumerate(translation.source.stringsegment_set.order_by("order")):
            text = RUSSIAN[segment.string.data]
            unit = desk.unit(segment.string.data, translation)
            if number % 2 == begins:
                assert unit.save(text).status_code == 200
            else:
                in_the_editor(newsroom, translation, segment, text)
    # One unit twice: each of both knows what the other has stored.
    unit = desk.unit("Go.")
    in_the_editor(newsroom, russian, unit.segment, "Ступайте.")
    refused = unit.save("Идите же.")
    stored = unit.save("Идите.", refused.json()["version"])

    assert (refused.status_code, refused.json()["text"], stored.status_code) == (409, "Ступайте.", 200)
    assert {each.source: each.text for one in translations for each in segments_of(one)} == RUSSIAN
    assert {field.text for field in desk.get().select("textarea[name=text]:not([data-aside])")} == {
        text.replace("&amp;", "&") for text in RUSSIAN.values()
    }
    editor = newsroom.as_(newsroom.translators["ru"]).get(edit_url(target_of(russian))).content.decode()
    assert all(json.dumps(text).strip('"') in editor for text in ("Фонари над рекой", "Идите.", "В дороге"))

    review = newsroom.submit(russian)
    newsroom.decide(review)
    newsroom.publish(russian)

    reviews = Review.objects.filter(submission=review.submission)
    assert {each.status for each in reviews} == {ReviewStatus.APPROVED}
    assert [section.review.object_key for section in Screen(review, newsroom.reviewer).sections] == [
        story.translation_key,
        of_quote.source.object_id,
    ]
    page = newsroom.as_(newsroom.editor).get(target_of(russian).get_url()).content.decode()
    for text in ("Фонари над рекой", "В дороге", "Идите.", "Я вернулась домой.", "гостья лагеря"):
        assert text in page
    assert 'Возьмите <b>хлеб</b> &amp; <a href="https://example.org/">карту</a>.' in page
    places = StringTranslation.objects.values_list("context", "translation_of", "locale")
    assert len(places) == len(set(places)) == len(RUSSIAN)
    assert all(each.is_approved for one in translations for each in segments_of(one))
    call_command("check_translations", stdout=io.StringIO())
