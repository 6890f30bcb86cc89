"""Wordings that came in a file and that nobody has vouched for."""

import polib
import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation

from tests.scenes import scene
from tests.translating import change_source, state_of, waiting
from tests.translation.exchanging import (
    apply,
    bring_in,
    campaign_sent,
    file_of,
    live_with,
    po_of,
    upload,
    wordings,
    xliff_of,
)
from translation.models import Unit
from translation.units.segments import segments_of
from translation.units.states import Status

pytestmark = pytest.mark.django_db


@scene
def russian(newsroom, site) -> Translation:
    return campaign_sent(newsroom)


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


@pytest.mark.parametrize(
    ("approved", "state"),
    [("no", None), (None, None), ("no", "needs-translation"), ("yes", "needs-review-translation"), ("yes", "new")],
)
def test_unapproved_xliff__stays_needs_review(newsroom, translator, russian, approved, state):
    everything = {"title": "День", "short_name": "ВД", "introduction": "Задайте вопросы."}
    bring_in(translator, xliff_of(russian, approved=approved, state=state, **everything))
    state = state_of(russian)

    assert Unit.objects.unsure().count() == len(everything)
    assert state.status == Status.IN_TRANSLATION
    assert state.strings_left == state.strings
    assert state.words_left == state.words
    assert newsroom.submit(russian) is None


def test_fuzzy_po__stays_needs_review_until_a_person_saves_it(newsroom, translator, russian):
    def fuzzily(entry: polib.POEntry) -> None:
        entry.msgstr = f"{entry.msgid} по-русски"
        entry.flags = ["fuzzy"] if entry.msgid == "WD" else []

    bring_in(translator, po_of(russian, fuzzily), "ru.po")
    left = [segment.source for segment in segments_of(russian) if not segment.is_translated]
    refused = newsroom.submit(russian)
    newsroom.word_one(russian, "WD", "WD по-русски")

    assert left == ["WD"]
    assert refused is None
    assert not Unit.objects.unsure().exists()
    assert newsroom.submit(russian) == waiting(russian)


def test_needs_review__is_confirmed_by_a_file_that_calls_it_final(translator, russian):
    bring_in(translator, xliff_of(russian, approved="no", short_name="ВД"))

    shown = upload(translator, xliff_of(russian, approved="yes", short_name="ВД"))
    assert "unchanged, confirmed" in shown.content.decode()
    apply(translator, shown)

    assert not Unit.objects.unsure().exists()
    assert wordings() == {"WD": "ВД"}


def test_final_wording_of_a_stale_string__is_translated_anew(newsroom, translator, russian):
    live_with(newsroom, russian)
    change_source(russian.source.get_source_instance(), introduction="<p>Ask five questions.</p>")

    bring_in(translator, xliff_of(russian, introduction="Задайте пять вопросов."))

    assert not Unit.objects.stale().exists()
    assert not newsroom.submit(russian).translators.exclude(pk=newsroom.translators["ru"].pk).exists()


def test_fuzzy_wording_of_a_stale_string__leaves_the_mark_and_what_is_live(newsroom, translator, russian, client):
    live_with(newsroom, russian)
    change_source(russian.source.get_source_instance(), introduction="<p>Ask five questions.</p>")

    bring_in(translator, xliff_of(russian, approved="no", introduction="Пять вопросов?"))

    assert Unit.objects.stale().get().old_text == "Ask four questions. [ru]"
    assert state_of(russian).status == Status.STALE
    assert "Ask four questions. [ru]" in client.get("/ru/campaigns/wdatip/").content.decode()


@pytest.mark.parametrize("changes", [1, 2])
def test_fuzzy_wording_of_a_stale_string__is_not_approved_by_a_minor_change(
    newsroom, translator, russian, client, changes
):
    live_with(newsroom, russian)
    source = change_source(russian.source.get_source_instance(), introduction="<p>Ask five questions.</p>")
    bring_in(translator, xliff_of(russian, approved="no", introduction="Пять вопросов?"))
    if changes == 2:
        change_source(source, introduction="<p>Ask the five questions.</p>")
    url = reverse("translation_review:changes", args=[source.translation_key])
    editor = newsroom.as_(newsroom.editor)

    editor.post(url, {"minor": [change.id for change in editor.get(url).context["changes"]]})

    assert "Пять" not in client.get("/ru/campaigns/wdatip/").content.decode()
    assert not Unit.objects.approved().filter(approved_text="Пять вопросов?").exists()
    assert newsroom.submit(russian) is None


def test_needs_review__outlives_a_change_of_the_source(translator, russian):
    bring_in(translator, xliff_of(russian, approved="no", introduction="Задайте четыре вопроса."))

    change_source(russian.source.get_source_instance(), introduction="<p>Ask five questions.</p>")

    segment = next(each for each in segments_of(russian) if each.path == "introduction")
    assert segment.text == "Задайте четыре вопроса."
    assert not segment.is_translated


def test_tmx__is_always_looked_at(newsroom, translator, russian):
    newsroom.word(russian)
    content = file_of(russian, "tmx").replace(b"WD [ru]", "ВД".encode())

    bring_in(translator, content, "ru.tmx")

    assert wordings()["WD"] == "ВД"
    assert Unit.objects.unsure().get().unsure_from == "TMX"
