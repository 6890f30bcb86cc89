"""XLIFF by the strict schema of OASIS."""

from pathlib import Path

import pytest
from lxml import etree
from wagtail_localize.models import Translation

from tests import factories
from tests.scenes import scene
from tests.translating import change_source
from tests.translation.exchanging import TEXTS, add_strings, campaign_sent, file_of, live_with, loaded, word
from translation.exchange.formats import written
from translation.exchange.strings import files_of

pytestmark = pytest.mark.django_db
SCHEMA = Path(__file__).resolve().parents[2] / "schemas" / "xliff-core-1.2-strict.xsd"
X = "{urn:oasis:names:tc:xliff:document:1.2}"


@scene
def russian(newsroom, site) -> Translation:
    return campaign_sent(newsroom, "<p>Ask <b>four</b> questions.</p>")


def faults_of(content: bytes) -> list[str]:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.validate(etree.fromstring(content))
    return [error.message for error in schema.error_log]


def test_schema__finds_a_fault(russian):
    content = file_of(russian, "xliff").replace(b'datatype="htmlbody"', b'datatype="nonsense"')

    assert faults_of(content)


@pytest.mark.parametrize("open_only", [False, True])
def test_xliff__is_valid(newsroom, russian, open_only):
    live_with(newsroom, russian)
    change_source(russian.source.get_source_instance(), introduction="<p>Ask <b>five</b> questions.</p>")
    for place, segment in enumerate(add_strings(russian, TEXTS)):
        if place % 2:
            word(russian, segment, f"<b>{segment.string.data}</b>")

    [file] = files_of([loaded(russian)], open_only)

    assert faults_of(written(file, "xliff")) == []


def test_open_strings__have_the_source_as_their_text(newsroom, russian):
    newsroom.word_one(russian, "WD", "ВД")

    [file] = files_of([loaded(russian)], open_only=True)
    root = etree.fromstring(written(file, "xliff"))

    found = {unit.findtext(f"{X}source"): unit.find(f"{X}target") for unit in root.iter(f"{X}trans-unit")}
    assert "WD" not in found
    assert found["World Day"].text == "World Day"
    assert found["World Day"].get("state") == "needs-translation"
    assert "".join(found["Ask "].itertext()) == "Ask <b>four</b> questions."


def test_nothing_open__is_no_file(newsroom, russian):
    newsroom.word(russian)

    assert files_of([loaded(russian)], open_only=True) == []


def test_notes__name_speaker_and_story(newsroom, site):
    story = factories.NewsPageFactory(parent=site.news_index, title="At the oven")
    person = factories.PersonFactory(name="Zarina")
    quote = factories.QuoteFactory(text="A loaf.", role="baker", speaker=person, source=story)
    [translation] = newsroom.send(quote, "ru")

    root = etree.fromstring(file_of(translation, "xliff"))
    notes = [note.text for note in next(root.iter(f"{X}trans-unit")).iter(f"{X}note")]
    assert "Speaker: Zarina, baker" in notes
    assert "Story: At the oven" in notes

    person.unpublish()
    assert "Speaker: baker" in file_of(translation, "xliff").decode()
    assert "Zarina" not in file_of(translation, "xliff").decode()
