"""What was taken offline in one language alone is offered to its readers in no other either."""

import pytest

from search.models import Text
from tests import factories
from tests.search.asking import others, titles


@pytest.fixture
def both(site, committed):
    english = factories.NewsPageFactory(parent=site.news_index, title="Xylophonist", slug="camp")
    russian = factories.NewsPageFactory(
        parent=site.news_indexes["ru"], title="Ксилофонист", slug="camp", translation_key=english.translation_key
    )
    committed()
    return english, russian


def test_others__leave_out_what_was_taken_offline_in_the_readers_language(client, both, committed):
    assert others(client, "Xylophonist", "ru") == {"en": ["Xylophonist"]}
    both[1].unpublish()
    committed()
    assert others(client, "Xylophonist", "ru") == {}
    assert others(client, "Xylophonist", "tg") == {"en": ["Xylophonist"]}
    assert titles(client, "Xylophonist") == ["Xylophonist"]


def test_speaker__taken_offline_in_the_language_is_in_no_text_of_it(both, committed):
    english, russian = both
    person = factories.PersonFactory(name="Withdrawn name")
    theirs = factories.PersonFactory(name="Имя", locale="ru", translation_key=person.translation_key)
    quote = factories.QuoteFactory(source=english, speaker=person)
    factories.QuoteFactory(source=english, speaker=person, locale="ru", translation_key=quote.translation_key)
    committed()
    assert "Имя" in Text.objects.get(pk=russian.pk).body

    theirs.unpublish()
    committed()

    assert "Имя" not in Text.objects.get(pk=russian.pk).body
    assert "Withdrawn name" not in Text.objects.get(pk=russian.pk).body
    assert "Withdrawn name" in Text.objects.get(pk=english.pk).body
