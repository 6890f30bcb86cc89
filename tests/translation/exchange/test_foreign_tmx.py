"""Translation memories of other programs."""

from html import escape

import pytest
from django.test import Client
from wagtail_localize.models import Translation

from core import work
from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import apply, upload, wordings
from translation.memory import indexing, suggestions
from translation.models import MemoryText

pytestmark = pytest.mark.django_db
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
    creationtoolversion="3.6.0" segtype="sentence" srclang="EN-US"/>
  <body>
    <tu><tuv lang="EN-US"><seg>Ask four questions.</seg></tuv>
        <tuv lang="RU-RU" changeid="anna"><seg>Задайте четыре вопроса.</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>A <bpt i="1">{b&gt;</bpt>loaf<ept i="1">{/b&gt;</ept> &amp; salt.</seg></tuv>
        <tuv xml:lang="ru"><seg><bpt i="1">{b&gt;</bpt>Хлеб<ept i="1">{/b&gt;</ept> &amp; соль.</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>Empty</seg></tuv><tuv xml:lang="ru"><seg/></tuv></tu>
    <tu><tuv xml:lang="en"><seg>Bread</seg></tuv><tuv xml:lang="de"><seg>Brot</seg></tuv></tu>
  </body>
</tmx>"""

STORED = {"Ask four questions.": "Задайте четыре вопроса.", "A loaf &amp; salt.": "Хлеб &amp; соль."}


@scene
def russian(newsroom, site) -> Translation:
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")
    return newsroom.send(page, "ru")[0]


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


def test_texts__are_shown_then_stored_with_who_brought_them(newsroom, translator, russian):
    shown = upload(translator, TMX.encode(), "agency.tmx")
    assert "2 texts for the translation memory" in shown.content.decode()
    assert not MemoryText.objects.exists()
    apply(translator, shown)

    assert dict(MemoryText.objects.values_list("source", "text")) == STORED
    stored = MemoryText.objects.first()
    assert stored is not None
    assert (stored.origin, stored.brought_by) == ("agency.tmx", newsroom.translators["ru"])
    assert wordings() == {}


def test_texts__are_offered_as_foreign(translator, russian, site):
    apply(translator, upload(translator, TMX.encode(), "agency.tmx"))
    work.perform(indexing.WORK)

    [offered] = suggestions("Ask four questions.", russian.source.locale, site.locales["ru"])

    assert (offered.score, offered.is_foreign, offered.origin) == (100, True, "agency.tmx")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('srclang="EN-US"', 'srclang="*all*"'),
        ("<tu>", '<tu srclang="*all*">'),
    ],
)
def test_source_language__is_the_sites_where_all_may_be_it(translator, russian, old, new):
    apply(translator, upload(translator, TMX.replace(old, new).encode(), "agency.tmx"))

    assert dict(MemoryText.objects.values_list("source", "text")) == STORED


@pytest.mark.parametrize(
    ("source", "text", "stored"),
    [
        ("<b>", "</b>", ("A <b>loaf</b> &amp; salt.", "<b>Хлеб</b> &amp; соль.")),
        ("<b>", "</i>", ("A loaf &amp; salt.", "Хлеб &amp; соль.")),
        ('<a href="https://iom.int">', "</a>", ("A loaf &amp; salt.", "Хлеб &amp; соль.")),
        ("<script>", "</script>", ("A loaf &amp; salt.", "Хлеб &amp; соль.")),
    ],
)
def test_codes__that_are_our_tags_are_kept(translator, russian, source, text, stored):
    content = TMX.replace("{b&gt;", escape(source)).replace("{/b&gt;", escape(text))
    apply(translator, upload(translator, content.encode(), "agency.tmx"))

    assert stored in MemoryText.objects.values_list("source", "text")


def test_line_break__is_written_as_ours(translator, russian):
    content = TMX.replace("Ask four", "Ask<ph>&lt;br&gt;</ph>four").replace(
        "Задайте четыре", "Задайте<ph>&lt;br /&gt;</ph>четыре"
    )
    apply(translator, upload(translator, content.encode(), "agency.tmx"))

    assert ("Ask<br/>four questions.", "Задайте<br/>четыре вопроса.") in MemoryText.objects.values_list(
        "source", "text"
    )


def test_texts__come_in_once(translator, russian):
    for _time in range(2):
        apply(translator, upload(translator, TMX.encode(), "agency.tmx"))

    assert MemoryText.objects.count() == 2


def test_texts__of_a_language_that_is_not_theirs_are_refused(newsroom, russian):
    response = upload(newsroom.as_(newsroom.translators["tg"]), TMX.encode(), "agency.tmx")

    assert "You do not have permission to translate into Русский." in response.content.decode()


def test_file__of_other_languages_only_is_refused(translator):
    content = TMX.replace("RU-RU", "de").replace('"ru"', '"de"')

    response = upload(translator, content.encode(), "agency.tmx")

    assert "no texts in the languages of this site (de)" in response.content.decode()
