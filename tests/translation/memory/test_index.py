"""The index of the memory, which follows the texts."""

import pytest
from django.core.management import CommandError, call_command
from wagtail_localize.models import StringTranslation, Translation

from core import work
from core.consent.withdrawals import withdraw
from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import file_of, live_with
from translation.memory import indexing, suggestions
from translation.models import MemorySource, MemoryWord, Unit, UnitVersion

pytestmark = pytest.mark.django_db
WORDS = "They kept my passport in a drawer for eleven months."


@scene
def quote(newsroom, site):
    return factories.QuoteFactory(text=WORDS)


@scene
def russian(newsroom, quote) -> Translation:
    [translation] = newsroom.send(quote, "ru")
    live_with(newsroom, translation)
    work.perform(indexing.WORK)
    return translation


def test_approval__records_its_strings(newsroom, quote):
    [translation] = newsroom.send(quote, "ru")
    live_with(newsroom, translation)

    assert not MemorySource.objects.filter(text=WORDS).exists()
    work.perform(indexing.WORK)
    assert MemorySource.objects.filter(text=WORDS).exists()
    assert indexing.differing() == []


def test_other_language__is_added_to_the_same_source(newsroom, quote, russian):
    [tajik] = newsroom.send(quote, "tg")
    newsroom.word(tajik)
    newsroom.decide(newsroom.submit(tajik))
    work.perform(indexing.WORK)

    row = MemorySource.objects.get(text=WORDS)
    assert row.languages.count(",") == 3
    assert indexing.differing() == []


def test_withdrawn_quotes__are_never_suggested(newsroom, site, quote, russian):
    assert suggestions(WORDS, site.locales["en"], site.locales["ru"])

    withdraw(quote, newsroom.publisher, "asked for it")

    assert suggestions(WORDS, site.locales["en"], site.locales["ru"]) == []
    assert not MemorySource.objects.filter(text=WORDS).exists()
    assert not MemoryWord.objects.filter(word="passport").exists()


def test_words_of_a_withdrawn_quote__in_another_translation_are_not_suggested_filled_in_or_exported(
    newsroom, site, quote, russian
):
    said = Unit.objects.approved().get(source=WORDS, locale=site.locales["ru"]).approved_text
    page = factories.ContentPageFactory(parent=site.home, title="Our work in words")
    [other] = newsroom.send(page, "ru")
    newsroom.word_one(other, "Our work in words", said)
    newsroom.word_one(other, "Our work in words", "Наша работа")
    newsroom.word_one(other, "Our work in words", said)
    newsroom.decide(newsroom.submit(other))
    assert suggestions("Our work in words", site.locales["en"], site.locales["ru"])

    withdraw(quote, newsroom.publisher, "asked for it")

    assert suggestions("Our work in words", site.locales["en"], site.locales["ru"]) == []
    assert {version.text for version in UnitVersion.objects.all()} == {"Наша работа"}
    exported = file_of(other, "tmx").decode()
    assert "Our work in words" not in exported
    second = factories.ContentPageFactory(parent=site.home, title="Our work in words", slug="second")
    newsroom.send(second, "ru")
    filled = StringTranslation.objects.filter(context__object_id=second.translation_key)
    assert said not in filled.values_list("data", flat=True)


def test_check__finds_what_is_missing_and_left_over(russian):
    call_command("check_memory")
    MemorySource.objects.filter(text=WORDS).delete()

    with pytest.raises(CommandError):
        call_command("check_memory")
    call_command("check_memory", rebuild=True)

    Unit.objects.filter(source=WORDS)._raw_delete("default")
    with pytest.raises(CommandError):
        call_command("check_memory")
    call_command("check_memory", rebuild=True)
    assert not MemorySource.objects.filter(text=WORDS).exists()
