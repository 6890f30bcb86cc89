"""Texts that come back after their source has changed: kept, never dropped."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from wagtail_localize.models import Translation

from core import work
from tests.scenes import scene
from tests.translating import change_source
from tests.translation.exchanging import apply, bring_in, campaign_sent, live_with, upload, wordings, xliff_of
from translation.memory import indexing, suggestions
from translation.models import MemoryText, Unit

pytestmark = pytest.mark.django_db


@scene
def russian(newsroom, site) -> Translation:
    return campaign_sent(newsroom, "<p>Ask four questions before you leave.</p>")


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


def test_text__is_kept_at_the_new_string_and_needs_a_look(newsroom, translator, russian):
    content = xliff_of(russian, introduction="Задайте четыре вопроса.")
    change_source(russian.source.get_source_instance(), introduction="<p>Ask five questions before you leave.</p>")

    shown = upload(translator, content)
    assert "source has changed, kept for a look" in shown.content.decode()
    apply(translator, shown)

    assert wordings() == {"Ask five questions before you leave.": "Задайте четыре вопроса."}
    mark = Unit.objects.stale().get()
    assert (mark.old_source, mark.was_approved) == ("Ask four questions before you leave.", False)
    assert mark.unsure_since is not None
    assert newsroom.submit(russian) is None


def test_text__replaces_the_stale_one(newsroom, translator, russian):
    live_with(newsroom, russian)
    content = xliff_of(russian, introduction="Задайте четыре вопроса.")
    change_source(russian.source.get_source_instance(), introduction="<p>Ask five questions before you leave.</p>")

    bring_in(translator, content)

    assert wordings()["Ask five questions before you leave."] == "Задайте четыре вопроса."
    assert Unit.objects.stale().get().old_source == "Ask four questions before you leave."


def test_text__leaves_the_new_translation_alone_and_is_offered(newsroom, translator, russian, site):
    content = xliff_of(russian, introduction="Задайте четыре вопроса.")
    change_source(russian.source.get_source_instance(), introduction="<p>Ask five questions before you leave.</p>")
    newsroom.word_one(russian, "Ask five questions before you leave.", "Задайте пять вопросов.")

    shown = upload(translator, content, "agency.xlf")
    assert "not found here, kept in the translation memory" in shown.content.decode()
    response = apply(translator, shown)
    work.perform(indexing.WORK)

    assert wordings() == {"Ask five questions before you leave.": "Задайте пять вопросов."}
    assert "its text is kept in the translation memory" in " ".join(map(str, get_messages(response.wsgi_request)))
    english, language = russian.source.locale, site.locales["ru"]
    [offered] = suggestions("Ask five questions before you leave.", english, language)
    assert (offered.text, offered.origin, offered.is_foreign) == ("Задайте четыре вопроса.", "agency.xlf", True)
    assert offered.by == translator_name(newsroom)


def translator_name(newsroom) -> str:
    user = newsroom.translators["ru"]
    return user.get_full_name() or user.get_username()


def test_text__that_cannot_stand_at_the_new_string_is_kept_in_the_memory(translator, russian):
    content = xliff_of(russian, short_name="День")
    change_source(russian.source.get_source_instance(), short_name="WDAT")

    bring_in(translator, content.replace("День".encode(), ("Д" * 41).encode()))

    assert wordings() == {}
    assert MemoryText.objects.get().text == "Д" * 41
