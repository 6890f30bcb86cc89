"""Suggestions for a source string."""

import pytest
from wagtail_localize.models import Translation

from core import work
from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import live_with
from translation.localize.models import string_hash
from translation.memory import Suggestion, indexing, suggestions
from translation.memory.similarity import Likeness, plain, words_of
from translation.models import MemorySource, MemoryText

pytestmark = pytest.mark.django_db
SENTENCE = "One in 3 <b>migrants</b> from Khatlon was never paid."


@scene
def approved(newsroom, site) -> Translation:
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", introduction=f"<p>{SENTENCE}</p>"
    )
    [translation] = newsroom.send(page, "ru")
    live_with(newsroom, translation)
    work.perform(indexing.WORK)
    return translation


def found(site, source: str, code: str = "ru", limit: int = 3) -> list[Suggestion]:
    return suggestions(source, site.locales["en"], site.locales[code], limit)


def test_equal_string__comes_first_with_where_it_is_from(newsroom, site, approved):
    [exact] = found(site, SENTENCE)

    assert (exact.score, exact.is_foreign, exact.figures_differ) == (100, False, False)
    assert exact.text == f"{SENTENCE} [ru]"
    assert exact.origin == "World Day"
    assert exact.by == (newsroom.reviewer.get_full_name() or newsroom.reviewer.get_username())


def test_similar_string__is_found_and_its_figures_are_marked(site, approved):
    [fuzzy] = found(site, "One in 4 <b>migrants</b> from Khatlon was never paid.")

    assert 90 <= fuzzy.score < 100
    assert fuzzy.figures_differ
    assert fuzzy.source == SENTENCE


def test_string__that_differs_in_its_tags_only_is_not_equal(site, approved):
    [fuzzy] = found(site, "One in 3 migrants from Khatlon was never paid.")

    assert fuzzy.score == 99


@pytest.mark.parametrize("source", ["Something else entirely, of another matter.", "12 345", "", "paid"])
def test_other_strings__find_nothing(site, approved, source):
    assert found(site, source) == []


def test_other_languages__find_nothing(site, approved):
    assert found(site, SENTENCE, "tg") == []
    assert suggestions(SENTENCE, site.locales["tg"], site.locales["ru"]) != []
    assert suggestions(SENTENCE.replace("3", "4"), site.locales["tg"], site.locales["ru"]) == []


def test_deleted_objects__are_remembered(newsroom, site, approved):
    approved.source.get_source_instance().delete()
    work.perform(indexing.WORK)

    assert [each.score for each in found(site, SENTENCE)] == [100]
    assert found(site, SENTENCE.replace("3", "4"))


def test_approved_text__comes_before_foreign_ones(site, approved):
    foreign(site, SENTENCE, "Каждому третьему не заплатили.")

    assert [each.is_foreign for each in found(site, SENTENCE)] == [False, True]
    assert len(found(site, SENTENCE, limit=1)) == 1


def foreign(site, source: str, text: str) -> MemoryText:
    return MemoryText.objects.create(
        source_locale=site.locales["en"],
        locale=site.locales["ru"],
        string_hash=string_hash(source),
        text_hash=string_hash(text),
        source=source,
        text=text,
        origin="agency.tmx",
    )


def test_look_up__takes_few_queries(site, approved, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        found(site, SENTENCE)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("abcd", "abcd", 1, 1),
        ("abcd", "abce", 0.75, 0.75),
        ("the red house", "house the red", 0.95, 0.95),
        ("abcd", "wxyz", 0, 0),
        ("", "", 1, 1),
        ("мама мыла раму", "мама мыла рану", 0.92, 0.93),
    ],
)
def test_likeness__is_the_share_of_common_characters(one, other, least, most):
    assert least <= Likeness(one).to(other, 0) <= most


def test_likeness__below_the_least_is_none():
    assert Likeness("abcd").to("abce", 0.8) == 0


def test_words__are_without_tags_figures_and_case():
    assert words_of("<b>Ask</b> 4 questions &amp; ASK 2023 again") == {"ask", "questions", "again"}
    assert plain("<b>Ask</b>  A &amp; B") == "Ask A & B"


def test_index__holds_each_source_string_once(approved):
    assert MemorySource.objects.filter(text=SENTENCE).count() == 1
