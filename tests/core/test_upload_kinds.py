"""A document is taken only if its content is what its name says."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection

from core.metadata.kinds import is_what_it_is_called
from tests import factories
from tests.core import telling_documents as telling

EVERYTHING = telling.everything()
PROGRAM = b"MZ\x90\0\x03\0\0\0" + bytes(200)
HTML = b"<!DOCTYPE html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)

DISGUISED = [
    *(
        (f"file.{kind}", HTML)
        for kind in ("pdf", "docx", "odt", "epub", "txt", "csv", "vtt", "mp3", "mp4", "webm", "zip")
    ),
    *((f"file.{kind}", PROGRAM) for kind in ("pdf", "xlsx", "zip", "txt", "mp4")),
    *((f"file.{kind}", HTML) for kind in ("mov", "3gp", "ogg", "opus", "wav", "odp", "odg", "ppsx")),
    ("file.wav", PNG),
    ("file.csv", SVG),
    ("file.pdf", PNG),
    ("file.TXT", b"\xef\xbb\xbf  <HTML><body onload=x>"),
    ("file.txt", b"#!/bin/sh\nrm -r /"),
    ("file.docx", telling.archive({"setup.exe": PROGRAM})),
    *(
        (name, telling.archive({"[Content_Types].xml": f"<Types>{kind}</Types>", f"{folder}/main.xml": "<x/>"}))
        for name, folder, kind in (
            ("file.docx", "word", "application/vnd.ms-word.document.macroEnabled.main+xml"),
            (
                "file.docx",
                "word",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            ),
            ("file.xlsx", "xl", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            ("file.pptx", "ppt", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
        )
    ),
    ("drawing.docx", telling.archive({"[Content_Types].xml": "<Types/>", "visio/document.xml": "<x/>"})),
    ("film.webm", telling.webm().replace(b"webm", b"mkvx")),
    ("file.pdf", b""),
]


@pytest.fixture
def editor(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))


def sent(name: str, content: bytes, field: str = "file", prefix: str = "") -> dict[str, Any]:
    file = SimpleUploadedFile(name, content)
    values = {"title": "A guide", field: file, "collection": Collection.get_first_root_node().pk}
    return {f"{prefix}{key}": value for key, value in values.items()}


@pytest.mark.parametrize(("name", "content"), DISGUISED)
def test_disguised_file__is_refused(client, editor, name, content):
    response = client.post(reverse("wagtaildocs:add"), sent(name, content))
    assert response.status_code == 200
    assert len(response.context["form"].errors["file"]) == 1
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["page.pdf", "page.txt", "page.zip"])
def test_disguised_file__is_refused_on_every_way_in(client, editor, settings, name):
    document = factories.DocumentFactory()
    several = client.post(
        reverse("wagtaildocs:add_multiple"),
        sent(name, HTML, "files[]"),
        headers={"x-requested-with": "XMLHttpRequest"},
    ).json()
    assert not several["success"]
    assert "\n" not in several["error_message"]
    chosen = client.post(
        reverse("wagtaildocs_chooser:create"), sent(name, HTML, prefix="document-chooser-upload-")
    ).json()
    assert chosen["step"] == "reshow_creation_form"
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), sent(name, HTML))
    assert Document.objects.get().file.name == document.file.name


@pytest.mark.parametrize(
    ("name", "source", "extension"),
    [
        ("guide", "guide.pdf", "pdf"),
        ("GUIDE.PDF", "guide.pdf", "pdf"),
        ("Report of 12.05", "Zarina Example.docx", "docx"),
        ("slides.pptx.download", "slides.pptx", "pptx"),
        ("Ҷадвал", "table.ods", "ods"),
        ("table", "table.xlsx", "xlsx"),
        ("book.", "book.epub", "epub"),
        ("IMG_0816", "film.mov", "mov"),
        ("film", "film.mp4", "mp4"),
        ("film", "film.webm", "webm"),
        ("voice", "sound.m4a", "m4a"),
        ("voice", "voice.ogg", "ogg"),
        ("voice", "sound.mp3", "mp3"),
        ("voice", "voice.wav", "wav"),
        ("voice.mp3", "voice.ogg", "ogg"),
        ("voice.ogg", "sound.mp3", "mp3"),
        ("film.mp4", "film.webm", "webm"),
        ("guide.docx", "guide.pdf", "pdf"),
        ("guide.csv", "guide.pdf", "pdf"),
        ("guide.odt", "table.ods", "ods"),
        ("guide.zip", "guide.pdf", "pdf"),
        ("guide.doc", "guide.pdf", "pdf"),
        ("guide.jpg", "guide.pdf", "pdf"),
        ("guide.docx", "table.xlsx", "xlsx"),
        ("table.xlsx", "slides.pptx", "pptx"),
        ("slides.pptx", "Zarina Example.docx", "docx"),
        ("film.mp4", "film.mov", "mov"),
        ("film.mp4", "sound.m4a", "m4a"),
        ("film.m4a", "film.mp4", "mp4"),
        ("memo", "memo.mp3", "mp3"),
        ("voice", "voice.aac", "aac"),
        ("voice.mp3", "voice.aac", "aac"),
        ("voice", "voice.flac", "flac"),
        ("voice.wav", "voice.flac", "flac"),
        ("table.zip", "table.xlsx", "xlsx"),
        ("book.zip", "book.epub", "epub"),
        ("film.ogg", "film.ogv", "ogv"),
        ("film", "film.ogv", "ogv"),
        ("voice.ogv", "voice.ogg", "ogg"),
    ],
)
def test_file_of_no_or_a_wrong_extension__gets_the_right_one(client, editor, name, source, extension):
    content = EVERYTHING[source]
    response = client.post(reverse("wagtaildocs:add"), sent(name, content))
    assert response.status_code == 302, response.context["form"].errors
    several = client.post(
        reverse("wagtaildocs:add_multiple"),
        sent(name, content, "files[]"),
        headers={"x-requested-with": "XMLHttpRequest"},
    ).json()
    assert several["success"]
    chosen = client.post(
        reverse("wagtaildocs_chooser:create"), sent(name, content, prefix="document-chooser-upload-")
    ).json()
    assert chosen["step"] == "chosen"

    assert {document.file_extension for document in Document.objects.all()} == {extension}


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("captions.vtt", b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\n", "srt"),
        ("captions.srt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "vtt"),
        ("captions", b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "vtt"),
    ],
)
def test_subtitles_of_another_kind__get_the_right_extension(client, editor, name, content, extension):
    client.post(reverse("wagtaildocs:add"), sent(name, content))

    assert Document.objects.get().file_extension == extension


@pytest.mark.parametrize(("name", "content"), [("notes", b"What I did"), ("setup", PROGRAM), ("a.exe", PROGRAM)])
def test_file_of_no_known_kind__is_refused(client, editor, name, content):
    response = client.post(reverse("wagtaildocs:add"), sent(name, content))

    assert "is not allowed" in response.context["form"].errors["file"][0]
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", EVERYTHING)
def test_honest_file__is_taken(name):
    assert is_what_it_is_called(BytesIO(EVERYTHING[name]), name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", "имя;город\n".encode("utf-16")),
        ("list.csv", "\ufeffимя;город\n".encode()),
        ("list.csv", b"<5;>10\n"),
        ("notes.txt", b""),
        ("secret.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("report.PDF", b"\n\n%PDF-1.7\n"),
    ],
)
def test_unusual_file__is_taken(name, content):
    assert is_what_it_is_called(BytesIO(content), name)
