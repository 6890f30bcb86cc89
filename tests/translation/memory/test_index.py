"""The index of the memory, which follows the texts."""

import pytest
from django.core.management import CommandError, call_command
from wagtail_localize.models import Translation

from core import work
from core.consent.withdrawals import withdraw
from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import live_with
from translation.memory import indexing, suggestions
from translation.models import MemorySource, MemoryWord, Unit

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
