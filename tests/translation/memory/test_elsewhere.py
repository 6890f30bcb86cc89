"""A sentence that is repeated, given its text at all places in one act, and equal strings of new objects."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from tests import factories
from tests.translation.exchanging import live_with
from translation.localize.models import string_hash
from translation.memory import fill_elsewhere, same_elsewhere
from translation.models import ExactMatches, TranslationSettings

pytestmark = pytest.mark.django_db
SENTENCE = "Call the helpline."


@pytest.fixture
def twice(newsroom, site):
    """The same sentence in a page and in a quote, translated in the page."""
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", introduction=f"<p>{SENTENCE}</p>"
    )
    [first] = newsroom.send(page, "ru")
    [second] = newsroom.send(factories.TakeawayFactory(statement=SENTENCE), "ru")
    newsroom.word_one(first, SENTENCE, "Позвоните.")
    return first, second


def text_in(translation) -> StringTranslation:
    return StringTranslation.objects.get(
        context__object_id=translation.source.object_id, translation_of__data=SENTENCE
    )


def test_other_places__are_named(site, twice):
    first, second = twice
    here = first.source.stringsegment_set.get(string__data=SENTENCE)

    [other] = same_elsewhere(string_hash(SENTENCE), site.locales["ru"], here.pk)

    assert other.segment == second.source.stringsegment_set.get(string__data=SENTENCE).pk
    assert (other.title, other.place) == (second.source.object_repr, "Statement")
    assert same_elsewhere(string_hash(SENTENCE), site.locales["tg"], here.pk) == []


def test_other_places__are_filled_by_the_translator(newsroom, site, twice):
    first, second = twice
    user = newsroom.translators["ru"]
    chosen = [each.segment for each in same_elsewhere(string_hash(SENTENCE), site.locales["ru"], 0)]

    assert fill_elsewhere(text_in(first), user, chosen) == 1

    made = StringTranslation.objects.get(context__object_id=second.source.object_id, data="Позвоните.")
    assert made.last_translated_by == user
    assert same_elsewhere(string_hash(SENTENCE), site.locales["ru"], 0) == []


def test_what_has_a_text__is_left_alone(newsroom, twice):
    first, second = twice
    newsroom.word_one(second, SENTENCE, "Нет.")
    segment = first.source.stringsegment_set.get(string__data=SENTENCE)

    assert fill_elsewhere(text_in(second), newsroom.editor, [segment.pk]) == 0
    assert text_in(first).data == "Позвоните."


@pytest.mark.parametrize(("chosen", "filled"), [(ExactMatches.FILL, True), (ExactMatches.OFFER, False)])
def test_equal_strings__are_filled_in_or_offered_as_the_coordinator_sets(newsroom, site, twice, chosen, filled):
    first, _second = twice
    live_with(newsroom, first)
    client = newsroom.as_(newsroom.publisher)
    url = reverse("wagtailsettings:edit", args=["translation", "translationsettings"])
    client.post(client.get(url).headers.get("Location", url), {"exact_matches": chosen})
    assert TranslationSettings.fills_exact_matches() is filled

    [third] = newsroom.send(factories.TakeawayFactory(statement=SENTENCE), "ru")

    texts = StringTranslation.objects.filter(context__object_id=third.source.object_id)
    assert bool(texts) is filled


@pytest.mark.parametrize("group", ["Editor", "Translator ru", "Reviewer"])
def test_setting__is_the_publishers(newsroom, group):
    url = reverse(
        "wagtailsettings:edit", args=["translation", "translationsettings", TranslationSettings.load().pk]
    )

    newsroom.as_(factories.UserFactory(groups=[group])).post(url, {"exact_matches": ExactMatches.OFFER})

    assert TranslationSettings.fills_exact_matches()
