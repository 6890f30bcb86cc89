"""Translation memories of other programs."""

from html import escape

import pytest
from django.test import Client
from wagtail_localize.models import Translation

from core import work
from core.consent.withdrawals import withdraw
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


WITHDRAWN = "Ask four questions. Then I would not sign it again."


def test_sentence_of_a_withdrawn_quote__is_not_stored(translator, russian):
    withdraw(factories.QuoteFactory(text=WITHDRAWN), None, "Asked for it.")

    shown = upload(translator, TMX.replace("Ask four", "Then I would not sign it").encode(), "agency.tmx")
    assert "2 texts for the translation memory" in shown.content.decode()
    shown = upload(
        translator, TMX.replace("Ask four questions", "Then I would not sign it again").encode(), "b.tmx"
    )
    assert "1 text for the translation memory" in shown.content.decode()
    apply(translator, shown)

    assert [*MemoryText.objects.values_list("source", flat=True)] == ["A loaf &amp; salt."]


def test_sentence_of_a_quote__leaves_the_memory_when_it_is_withdrawn(translator, russian):
    content = TMX.replace("Ask four questions", "Then I would not sign it again")
    apply(translator, upload(translator, content.encode(), "agency.tmx"))

    withdraw(factories.QuoteFactory(text=WITHDRAWN), None, "Asked for it.")

    assert [*MemoryText.objects.values_list("source", flat=True)] == ["A loaf &amp; salt."]


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
        (
            '<a href="https://iom.int">',
            "</a>",
            ('A <a id="a1">loaf</a> &amp; salt.', '<a id="a1">Хлеб</a> &amp; соль.'),
        ),
        ('<b class="x">', "</b >", ("A <b>loaf</b> &amp; salt.", "<b>Хлеб</b> &amp; соль.")),
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


LINKED = """<tu><tuv xml:lang="en"><seg>Ask <bpt i="1" x="7" type="link">%s</bpt>us<ept i="1">%s</ept> or
 <bpt i="2" x="8" type="link">%s</bpt>them<ept i="2">%s</ept>.</seg></tuv>
 <tuv xml:lang="ru"><seg><bpt i="1" x="8" type="link">%s</bpt>Их<ept i="1">%s</ept> или
 <bpt i="2" x="7" type="link">%s</bpt>нас<ept i="2">%s</ept> спросите.</seg></tuv></tu></body>"""
HTML = tuple(map(escape, (
    '<a href="https://iom.int/en">', "</a>", '<a href="https://un.org">', "</a>",
    '<a href="https://un.org">', "</a>", '<a href="https://iom.int/ru">', "</a>",
)))  # fmt: skip
OWN = ("{1&gt;", "&lt;1}", "{2&gt;", "&lt;2}", "{2&gt;", "&lt;2}", "{1&gt;", "&lt;1}")


@pytest.mark.parametrize("codes", [HTML, OWN])
def test_links__are_kept_with_the_ids_of_ours(translator, russian, codes):
    content = TMX.replace("</body>", LINKED % codes)
    apply(translator, upload(translator, content.encode(), "agency.tmx"))

    stored = MemoryText.objects.get(source__startswith="Ask <a")
    assert " ".join(stored.source.split()) == 'Ask <a id="a1">us</a> or <a id="a2">them</a>.'
    assert " ".join(stored.text.split()) == '<a id="a2">Их</a> или <a id="a1">нас</a> спросите.'
    assert not stored.without_codes


def test_codes__are_read_by_their_type(translator, russian):
    content = TMX.replace('<bpt i="1">{b&gt;', r'<bpt i="1" type="bold">\b ').replace("{/b&gt;", r"\b0 ")
    apply(translator, upload(translator, content.encode(), "agency.tmx"))

    stored = MemoryText.objects.get(source="A <b>loaf</b> &amp; salt.")
    assert (stored.text, stored.without_codes) == ("<b>Хлеб</b> &amp; соль.", False)


def test_texts__without_some_of_their_codes_are_marked(translator, russian, site):
    other = '<bpt i="2">&lt;span&gt;</bpt><bpt i="1" type="bold">{b&gt;'
    content = TMX.replace('<bpt i="1">{b&gt;', other).replace("</ept>", '</ept><ept i="2">&lt;/span&gt;</ept>')
    apply(translator, upload(translator, content.encode(), "agency.tmx"))
    work.perform(indexing.WORK)

    stored = dict(MemoryText.objects.values_list("source", "without_codes"))
    assert stored == {"Ask four questions.": False, "A <b>loaf</b> &amp; salt.": True}
    [offered] = suggestions("A <b>loaf</b> &amp; salt.", russian.source.locale, site.locales["ru"])
    assert offered.without_codes


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
