"""Files that are refused with one clear line; nothing is stored, not even for a look."""

import uuid
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from tests import factories
from tests.scenes import scene
from tests.translation.exchanging import IMPORT, file_of, po_of, upload, zipped
from tests.typed import Response
from translation.exchange import archive
from translation.exchange.strings import site_identity
from translation.models import PendingImport

pytestmark = pytest.mark.django_db

BILLION = b"""<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><xliff version="1.2"><file original="x/y"><body>&c;</body></file>
</xliff>"""
XXE = b"""<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<xliff version="1.2"><file original="x/y"><body>&x;</body></file></xliff>"""
PARAMETER = XXE.replace(b"<!ENTITY x", b"<!ENTITY % x")
TMX_SUBSET = b"""<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<tmx version="1.4"><header srclang="en"/><body/></tmx>"""
TMX_DTD = b'<!DOCTYPE tmx SYSTEM "http://elsewhere.example/tmx14.dtd"><tmx version="1.4"><header/><body/></tmx>'
INCLUDE = b"""<xliff version="1.2" xmlns:xi="http://www.w3.org/2001/XInclude"><file original="x/y"><body>
<xi:include href="file:///etc/passwd" parse="text"/></body></file></xliff>"""
SKELETON = b"""<xliff version="1.2"><file original="x/y"><header><skl><external-file href="file:///etc/passwd"/></skl>
</header><body/></file></xliff>"""


@scene
def russian(newsroom, site) -> Translation:
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")
    [translation] = newsroom.send(page, "ru")
    newsroom.word(translation)
    return translation


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


class Unread:
    def read(self, *args) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def assert_refused(response: Response, line: str) -> None:
    assert line in response.content.decode()
    assert not PendingImport.objects.exists()
    assert not StringTranslation.objects.exclude(data__endswith=" [ru]").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlf", BILLION),
        ("a.xlf", XXE),
        ("a.xlf", PARAMETER),
        ("a.tmx", TMX_SUBSET),
        ("a.tmx", TMX_DTD),
        ("a.xlf", INCLUDE),
        ("a.xlf", SKELETON),
    ],
)
def test_entities_and_external_references(translator, name, content):
    assert_refused(upload(translator, content, name), "defines entities or refers to other files")


@pytest.mark.parametrize(("format", "name"), [("xliff", "ru.xlf"), ("po", "ru.po"), ("tmx", "ru.tmx")])
def test_cut_in_half(translator, russian, format, name):
    content = file_of(russian, format)

    for part in (2, 3, 4):
        assert_refused(upload(translator, content[: len(content) * (part - 1) // part], name), "incomplete")


def test_zip_cut_in_half(translator, russian):
    content = zipped({"ru.xlf": file_of(russian, "xliff")})

    assert_refused(upload(translator, content[: len(content) // 2], "ru.zip"), "incomplete")


def test_po_without_some_of_its_strings(translator, russian):
    entries = file_of(russian, "po").decode().split("\n\n")

    assert_refused(upload(translator, "\n\n".join(entries[:-1]).encode(), "ru.po"), "incomplete")


@pytest.mark.parametrize(("format", "name"), [("xliff", "ru.xlf"), ("po", "ru.po"), ("tmx", "ru.tmx")])
def test_another_site(translator, russian, format, name):
    content = file_of(russian, format).replace(str(site_identity()).encode(), str(uuid.uuid4()).encode())

    assert_refused(upload(translator, content, name), "The file comes from another site.")


@pytest.mark.parametrize(("format", "name"), [("xliff", "ru.xlf"), ("po", "ru.po"), ("tmx", "ru.tmx")])
def test_a_translation_that_is_not_here(translator, russian, format, name):
    content = file_of(russian, format).replace(str(russian.uuid).encode(), str(uuid.uuid4()).encode())

    assert_refused(upload(translator, content, name), "a translation that is not active on this site")


@pytest.mark.parametrize(
    ("format", "name", "said", "other"),
    [
        ("xliff", "ru.xlf", b'target-language="ru"', b'target-language="tg"'),
        ("po", "ru.po", b"Language: ru", b"Language: tg"),
        ("tmx", "ru.tmx", b'xml:lang="ru"', b'xml:lang="tg"'),
    ],
)
def test_another_language(translator, russian, format, name, said, other):
    content = file_of(russian, format)
    assert said in content

    assert_refused(upload(translator, content.replace(said, other), name), "The file is in another language (tg)")


def test_a_translation_that_was_stopped(translator, russian):
    russian.enabled = False
    russian.save()

    assert_refused(upload(translator, file_of(russian, "xliff")), "not active on this site")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlf", b'<xliff version="1.2"><file original="page.html"><body/></file></xliff>'),
        ("a.po", b'msgctxt "title"\nmsgid "World Day"\nmsgstr "\xd0\x94"\n'),
        ("a.tmx", b'<tmx version="1.4"><header srclang="en"/><body><tu><tuv/></tu></body></tmx>'),
    ],
)
def test_without_ids(translator, name, content):
    assert_refused(upload(translator, content, name), "does not say which translation it belongs to")


@pytest.mark.parametrize(
    ("content", "version"),
    [
        (b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="x"/></xliff>', "2.0"),
        (b'<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="x"/></xliff>', "2.1"),
        (b'<xliff version="2.2" xmlns="urn:oasis:names:tc:xliff:document:2.2"><file id="x"/></xliff>', "2.2"),
        (b'<xliff version="2.0"><file id="x"/></xliff>', "2.0"),
    ],
)
def test_xliff_2__is_refused_by_that_name(translator, content, version):
    assert_refused(upload(translator, content), f"The file is in XLIFF {version}. Save it as XLIFF 1.2")


def test_po_without_msgctxt(translator, russian):
    content = po_of(russian, lambda entry: setattr(entry, "msgctxt", None))

    assert_refused(upload(translator, content, "ru.po"), "does not say which translation it belongs to")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlf", "<xliff>день</xliff>".encode("cp1251")),
        ("a.xlf", "<xliff/>".encode("utf-16-le")),
        ("a.xlf", b'<?xml version="1.0" encoding="utf-16"?><xliff/>'),
        ("a.xlf", b"\xff\xfe<"),
        ("a.xlf", b'<?xml version="1.0" encoding="windows-1251"?><xliff/>'),
        ("a.po", 'msgid "день"\n'.encode("cp1251")),
        ("a.po", b'msgid ""\nmsgstr "Content-Type: text/plain; charset=KOI8-R\\n"\n'),
        ("a.po", b'msgid "\x00"'),
    ],
)
def test_wrong_encoding(translator, name, content):
    assert_refused(upload(translator, content, name), "The file is not in UTF-8.")


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.xlf", b"msgid", "The file is not valid XML."),
        ("a.xlf", b"<html/>", "does not match its file extension"),
        ("a.tmx", b"<xliff/>", "does not match its file extension"),
        ("a.docx", b"x", "is not an XLIFF, PO or TMX file"),
        ("a.po", b"<xliff/>", "damaged"),
        ("a.po", b"/etc/passwd", "damaged"),
        ("a.xlf", b"   ", "The file is empty."),
        ("a.zip", b"no zip", "damaged"),
    ],
)
def test_something_else(translator, name, content, line):
    assert_refused(upload(translator, content, name), line)


def test_too_large(translator):
    assert_refused(upload(translator, b"<" * (archive.LARGEST + 1)), "The file is too large. Maximum: 10 MB.")


def test_100_mb__is_refused_before_it_is_read(translator):
    sent = {"CONTENT_LENGTH": str(100 * archive.MEGABYTE), "wsgi.input": Unread()}
    response = translator.post(reverse(IMPORT), **sent)

    assert_refused(translator.get(response["Location"]), "The file is too large. Maximum: 10 MB.")


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"a.zip": b"x"}, "another ZIP file"),
        ({"a.xlf": b"PK\x03\x04"}, "another ZIP file"),
        ({"../a.xlf": b"<xliff/>"}, "an unsafe file name"),
        ({"/etc/a.xlf": b"<xliff/>"}, "an unsafe file name"),
        ({"C:/a.xlf": b"<xliff/>"}, "an unsafe file name"),
        ({"a\\..\\b.xlf": b"<xliff/>"}, "an unsafe file name"),
        ({"readme.txt": b"x"}, "is not an XLIFF, PO or TMX file"),
        ({"a.xlf": b" " * (2 * archive.MEGABYTE)}, "too large when unpacked"),
        ({"a.xlf": b" " * (archive.LARGEST + 1)}, "too large when unpacked"),
        ({}, "The ZIP file contains no XLIFF, PO or TMX file."),
        ({"__MACOSX/._a.xlf": b"x"}, "The ZIP file contains no XLIFF, PO or TMX file."),
    ],
)
def test_zip(translator, files, line):
    assert_refused(upload(translator, zipped(files), "a.zip"), line)


def test_zip_with_too_much_in_all(translator, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_SUM", 3_000)
    files = {f"{number}.xlf": b"<xliff/>" * 250 for number in range(3)}

    assert_refused(upload(translator, zipped(files, zipfile.ZIP_STORED), "a.zip"), "too large when unpacked")


def test_zip_with_too_many_files(translator):
    files = {f"{number}.xlf": b"" for number in range(archive.MOST_FILES + 1)}

    assert_refused(upload(translator, zipped(files, zipfile.ZIP_STORED), "a.zip"), "more than")


def test_zip_with_one_bad_file__is_refused_whole_and_names_it(translator, russian):
    files = {"good.xlf": file_of(russian, "xliff"), "bad.xlf": XXE}

    assert_refused(upload(translator, zipped(files), "a.zip"), "bad.xlf: The file defines entities")


def test_upload__asks_for_the_token(newsroom, russian):
    client = Client(enforce_csrf_checks=True)
    client.force_login(newsroom.translators["ru"])

    assert upload(client, file_of(russian, "xliff")).status_code == 403
