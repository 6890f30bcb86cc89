"""What a document is sent as: films and sounds are played where they stand and in parts, all else is saved."""

import mimetypes

import pytest
from django.core.files.base import ContentFile

from tests import factories
from tests.core import telling_documents as telling

pytestmark = pytest.mark.django_db

EVERYTHING = telling.everything()
PLAYED = {
    "film.mov": "video/quicktime",
    "film.m4v": "video/mp4",
    "phone.3gp": "video/3gpp",
    "voice.ogg": "audio/ogg",
    "voice.opus": "audio/ogg",
    "voice.oga": "audio/ogg",
    "voice.wav": "audio/wav",
    "film.mp4": "video/mp4",
    "film.webm": "video/webm",
    "sound.m4a": "audio/mp4",
    "sound.mp3": "audio/mpeg",
    "captions.vtt": "text/vtt",
}
SAVED = {
    "guide.pdf": "application/pdf",
    "list.csv": "text/csv",
    "notes.txt": "text/plain",
    "book.epub": "application/epub+zip",
    "table.ods": "application/vnd.oasis.opendocument.spreadsheet",
    "slides.odp": "application/vnd.oasis.opendocument.presentation",
    "drawing.odg": "application/vnd.oasis.opendocument.graphics",
    "show.ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    "text.odt": "application/vnd.oasis.opendocument.text",
    "table.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "slides.pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "all.zip": "application/zip",
}


@pytest.fixture
def shown(site):
    """Make a document that a live page shows."""

    def make(name: str):
        content = EVERYTHING.get(name) or telling.WORDS.encode()
        document = factories.DocumentFactory(title="A guide", file=ContentFile(content, name))
        page = factories.NewsPageFactory(parent=site.news_index, live=False)
        page.body = [("rich_text", f'<p><a linktype="document" id="{document.pk}">this</a></p>')]
        recording = getattr(document, "recording", None)
        if recording:
            recording.shows = "nobody"
            recording.save()
        page.save_revision().publish()
        return document

    return make


@pytest.fixture(autouse=True)
def _python_knows_no_types(monkeypatch):
    """As in a container, which has no list of them."""
    monkeypatch.setattr(mimetypes, "guess_type", lambda *arguments, **options: (None, None))


@pytest.mark.parametrize(("name", "kind"), PLAYED.items())
def test_film_or_sound__is_played_where_it_stands(client, shown, name, kind):
    response = client.get(shown(name).url)

    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (kind, "nosniff")
    assert response["Content-Disposition"].startswith("inline")
    assert "media-src 'self'" in response["Content-Security-Policy"]
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(("name", "kind"), SAVED.items())
def test_other_document__is_saved(client, shown, name, kind):
    response = client.get(shown(name).url)

    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (kind, "nosniff")
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize(
    ("name", "element"),
    [("film.mp4", "video"), ("film.mov", "video"), ("sound.m4a", "audio"), ("voice.ogg", "audio")],
)
def test_page__plays_a_film_or_a_sound(client, site, shown, name, element):
    document = shown(name)
    film = {"title": "On the road", "file": document, "captions": None, "url": "", "poster": None}
    page = factories.NewsPageFactory(parent=site.news_index, body=[("video", film)])

    content = client.get(page.url).content.decode()

    assert f"<{element} controls" in content
    assert f'src="{document.url}"' in content
    assert f'<a href="{document.url}" download>' in content


@pytest.mark.parametrize("name", ["film.mp4", "film.mov", "film.webm", "sound.m4a", "sound.mp3", "voice.ogg"])
@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-", 206, slice(0, None)),
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=20-39", 206, slice(20, 40)),
        ("bytes=-16", 206, slice(-16, None)),
        ("bytes=99999-", 416, slice(0, 0)),
    ],
)
def test_film_or_sound__is_sent_in_parts(client, shown, name, asked, status, part):
    document = shown(name)
    whole = document.file.open("rb").read()

    response = client.get(document.url, headers={"Range": asked})

    assert response.status_code == status
    assert b"".join(response) == whole[part]
    if status == 206:
        first = (part.start or 0) % len(whole)
        assert response["Content-Range"] == f"bytes {first}-{first + len(whole[part]) - 1}/{len(whole)}"
        assert response["Content-Length"] == str(len(whole[part]))
    else:
        assert response["Content-Range"] == f"bytes */{len(whole)}"


def test_part_of_a_film__is_sent_to_whom_the_whole_is(client, shown):
    document = shown("film.mp4")
    document.recording.consent_withdrawn = "2024-08-16"
    document.recording.save()

    assert client.get(document.url, headers={"Range": "bytes=0-1"}).status_code == 404
    assert client.head(document.url, headers={"Range": "bytes=0-1"}).status_code == 404
