"""What goes out, read by programs other than ours."""

import subprocess
from shutil import which

import polib
import pytest
from django.utils import timezone
from lxml import etree
from translate.storage import pypo, tmx
from translate.storage.xliff import Xliff1File
from wagtail_localize.models import Translation

from tests.scenes import scene
from tests.translating import change_source
from tests.translation.exchanging import (
    TEXTS,
    add_strings,
    apply,
    campaign_sent,
    export,
    file_of,
    loaded,
    unzipped,
    upload,
    word,
    wordings,
)
from translation.exchange.formats import read
from translation.exchange.records import Standing
from translation.exchange.strings import files_of
from translation.models import SegmentComment, Unit
from translation.units.difference import as_read

pytestmark = pytest.mark.django_db
X = "{urn:oasis:names:tc:xliff:document:1.2}"


@scene
def russian(newsroom, site) -> Translation:
    return campaign_sent(newsroom)


@scene
def full(russian) -> Translation:
    """Each text is worded as itself, turned round."""
    for segment in add_strings(russian, TEXTS):
        word(russian, segment, turned(segment.string.data))
    return russian


def turned(text: str) -> str:
    return f"«{text}»\u00a0– по-русски" if text.strip() == text else f"{text}по-русски "


def expected() -> dict[str, str]:
    return {text: turned(text) for text in TEXTS}


def as_text(texts: dict[str, str]) -> dict[str, str]:
    """The toolkit reads the content of codes as text, and text as it is without entities."""
    return {as_read(source): as_read(text) for source, text in texts.items()}


def unit(root: etree._Element, source: str) -> etree._Element:
    return next(each for each in root.iter(f"{X}trans-unit") if each.findtext(f"{X}source") == source)


def test_xliff__is_read_true_by_translate_toolkit(full):
    store = Xliff1File.parsestring(file_of(full, "xliff"))

    assert {each.source: each.target for each in store.units if each.target} == as_text(expected())
    assert (store.sourcelanguage, store.targetlanguage) == ("en", "ru")


def test_po__is_read_true_by_translate_toolkit(full):
    store = pypo.pofile.parsestring(file_of(full, "po"))

    found = {str(each.source): str(each.target) for each in store.units if each.target and not each.isheader()}
    assert found == expected()


def test_tmx__is_read_true_by_translate_toolkit(full):
    store = tmx.tmxfile.parsestring(file_of(full, "tmx"), sourcelanguage="en", targetlanguage="ru")

    assert {each.source: each.target for each in store.units} == as_text(expected())


@pytest.mark.skipif(not which("msgfmt"), reason="msgfmt (gettext) is not installed")
def test_po__passes_msgfmt(full, tmp_path):
    path = tmp_path / "ru.po"
    path.write_bytes(file_of(full, "po"))

    done = subprocess.run(
        ["msgfmt", "--check", "-o", tmp_path / "ru.mo", path], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    compiled = polib.mofile(str(tmp_path / "ru.mo"))
    assert {entry.msgid: entry.msgstr for entry in compiled} == expected()


@pytest.mark.parametrize("format", ["xliff", "po", "tmx"])
def test_file__comes_back_true(full, format):
    suffix = {"xliff": "xlf"}.get(format, format)
    [file] = read(f"ru.{suffix}", file_of(full, format))

    assert {each.source: each.target for each in file.units if each.target} == expected()
    assert file.translation == str(full.uuid)
    assert file.language == "ru"


def test_units__are_known_by_place_and_string(full):
    [file] = files_of([loaded(full)])
    wanted = {(str(each.path_id), str(each.string_hash)) for each in file.units}

    for format in ("xliff", "po"):
        [back] = read(f"ru.{'xlf' if format == 'xliff' else format}", file_of(full, format))
        assert {(each.path_id, each.string_hash) for each in back.units} == wanted


def test_xliff__says_where_a_string_stands_and_how_long_it_may_be(russian):
    root = etree.fromstring(file_of(russian, "xliff"))
    name = unit(root, "WD")
    told = {each.get("context-type"): each.text for each in name.iter(f"{X}context")}

    assert told == {
        "recordtitle": "World Day",
        "x-kind": "campaign",
        "x-place": "Short name",
        "x-path": "short_name",
    }
    assert (name.get("maxwidth"), name.get("size-unit")) == ("40", "char")
    assert name.findtext(f"{X}note") == "For example, WDATIP."
    assert unit(root, "Ask four questions.").get("maxwidth") is None


def test_states__are_those_of_the_strings(newsroom, russian):
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    newsroom.word_one(russian, "WD", "ВД")
    Unit.objects.filter(path="introduction").update(unsure_from="PO", unsure_since=timezone.now())
    root = etree.fromstring(file_of(russian, "xliff"))
    po = polib.pofile(file_of(russian, "po").decode())

    def state(source: str) -> tuple:
        found = unit(root, source)
        return found.get("approved"), found.find(f"{X}target").get("state")

    assert state("World Day") == ("yes", "final")
    assert state("WD") == (None, "translated")
    assert state("Ask four questions.") == ("no", "needs-review-translation")
    assert [entry.msgid for entry in po if entry.fuzzy] == ["Ask four questions."]


def test_stale_string__brings_its_old_source_and_wording(newsroom, russian):
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    change_source(russian.source.get_source_instance(), introduction="<p>Ask five questions.</p>")
    root = etree.fromstring(file_of(russian, "xliff"))
    found = unit(root, "Ask five questions.")
    old = found.find(f"{X}alt-trans")
    entry = next(each for each in polib.pofile(file_of(russian, "po").decode()) if "five" in each.msgid)
    memory = tmx.tmxfile.parsestring(file_of(russian, "tmx"), sourcelanguage="en", targetlanguage="ru")

    assert (found.get("approved"), found.find(f"{X}target").get("state")) == ("no", "needs-adaptation")
    assert old.findtext(f"{X}source") == "Ask four questions."
    assert old.findtext(f"{X}target") == "Ask four questions. [ru]"
    assert Xliff1File.parsestring(file_of(russian, "xliff")).findunit("Ask five questions.").getalttrans()
    assert entry.fuzzy
    assert entry.previous_msgid == "Ask four questions."
    assert {each.source: each.target for each in memory.units}["Ask four questions."] == "Ask four questions. [ru]"


def test_comments__go_out_as_notes(newsroom, russian):
    segment = russian.source.stringsegment_set.get(context__path="short_name")
    place = {"path": "short_name", "path_id": segment.context.path_id, "string_hash": segment.string.data_hash}
    for text, resolved in (("Not the agency.", None), ("Settled.", newsroom.reviewer)):
        SegmentComment.objects.create(
            object_key=russian.source.object_id,
            locale=russian.target_locale,
            text=text,
            resolved_at=resolved and "2024-01-01T00:00Z",
            **place,
        )
    root = etree.fromstring(file_of(russian, "xliff"))
    entry = next(each for each in polib.pofile(file_of(russian, "po").decode()) if each.msgid == "WD")

    assert "Not the agency." in [note.text for note in unit(root, "WD").iter(f"{X}note")]
    assert "Note: Not the agency." in entry.comment
    assert "Settled." not in entry.comment
    assert "Maximum length: 40 characters" in entry.comment


def test_untranslated__has_no_target_and_no_state(russian):
    root = etree.fromstring(file_of(russian, "xliff"))
    [file] = files_of([loaded(russian)])

    assert unit(root, "WD").find(f"{X}target") is None
    assert {each.standing for each in file.units} == {Standing.MISSING}


def test_signs__are_characters_in_the_file_and_in_the_plan(newsroom, russian):
    [segment] = add_strings(russian, ["Write &amp; ask &lt;now&gt;"])
    word(russian, segment, "Пишите &amp; спросите &lt;сейчас&gt;")
    client = newsroom.as_(newsroom.translators["ru"])

    files = unzipped(export(client, page=russian.source.get_source_instance().pk)).values()
    content = next(each for each in files if b"ask" in each)
    found = unit(etree.fromstring(content), "Write & ask <now>")
    before = found.findtext(f"{X}target")
    changed = content.replace("Пишите &amp; спросите".encode(), "Спросите &amp; пишите".encode())
    shown = upload(client, changed)
    apply(client, shown)

    assert before == "Пишите & спросите <сейчас>"
    assert "Write &amp; ask &lt;now&gt;" in shown.text
    assert "amp;lt;" not in shown.text
    assert wordings()["Write &amp; ask &lt;now&gt;"] == "Спросите &amp; пишите &lt;сейчас&gt;"
