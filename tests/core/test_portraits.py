"""Portraits are public while readers see words of who is shown."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.showing import API, YESTERDAY, answer, rendition, restrict


@pytest.fixture(autouse=True)
def _forgotten_renditions():
    # Wagtail remembers renditions by the number of their image, which SQLite gives out again.
    caches["default"].clear()


@pytest.fixture
def portrait():
    return factories.SiteImageFactory(people=True)


def test_portrait__is_public_while_a_quote_that_readers_see_has_its_speaker(site, portrait):
    person = factories.PersonFactory(photo=portrait)
    assert Client().get(rendition(portrait)).status_code == 404
    quote = factories.QuoteFactory(speaker=person)
    assert Client().get(rendition(portrait)).status_code == 200
    quote.unpublish()
    assert Client().get(rendition(portrait)).status_code == 404


def hide_person(quote) -> None:
    quote.speaker.unpublish()


def hide_source(quote) -> None:
    quote.source.unpublish()


def lock_source(quote) -> None:
    restrict(quote.source, restriction_type="login")


def withdraw_words(quote) -> None:
    type(quote).objects.filter(pk=quote.pk).update(consent_withdrawn=timezone.localdate())


def end_consent_of_words(quote) -> None:
    type(quote).objects.filter(pk=quote.pk).update(consent_until=timezone.localdate() - YESTERDAY)


def withdraw_face(quote) -> None:
    quote.speaker.photo.consent_withdrawn = timezone.localdate()
    quote.speaker.photo.save()


def end_consent_of_face(quote) -> None:
    quote.speaker.photo.consent_until = timezone.localdate() - YESTERDAY
    quote.speaker.photo.save()


def take_photo_away(quote) -> None:
    quote.speaker.photo = None
    quote.speaker.save_revision().publish()


def delete_person(quote) -> None:
    quote.speaker.delete()


@pytest.mark.parametrize(
    "withdraw",
    [
        hide_person, hide_source, lock_source, withdraw_words, end_consent_of_words, withdraw_face,
        end_consent_of_face, take_photo_away, delete_person,
    ],
)  # fmt: skip
def test_portrait__goes_with_the_words_the_consent_and_the_person(site, portrait, withdraw):
    source = factories.NewsPageFactory(parent=site.news_index)
    quote = factories.QuoteFactory(speaker=factories.PersonFactory(photo=portrait), source=source)
    address, record = rendition(portrait), f"{API}images/{portrait.pk}/"
    assert [Client().get(each).status_code for each in (address, record)] == [200, 200]

    withdraw(quote)

    assert answer(Client(), address) == answer(Client(), "/media/images/AAAAAAAAAAAAAAAAAAAAAA.webp")
    assert answer(Client(), record) == answer(Client(), f"{API}images/999999/")
    assert Client().get(address).status_code == 404


def test_portrait__of_a_speaker_in_another_language_is_that_of_the_words(site, portrait):
    person = factories.PersonFactory()
    russian = factories.PersonFactory(locale="ru", translation_key=person.translation_key, photo=portrait)
    quote = factories.QuoteFactory(speaker=person)
    assert Client().get(rendition(portrait)).status_code == 200
    withdraw_words(quote)
    assert Client().get(rendition(portrait)).status_code == 404
    assert russian.live
