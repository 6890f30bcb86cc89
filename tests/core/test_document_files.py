"""What is stored and served of a document tells nothing of who made it, whichever way it came in."""

import io
import wave
import zipfile
from typing import Any

import pikepdf
import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import APIToken, Collection, UploadedFile

from core.metadata.documents import clean_document
from core.metadata.ogg import check_sum
from core.metadata.pictures import is_neutral
from core.models import DocumentMetadata
from tests import factories
from tests.core import telling_documents as telling

pytestmark = pytest.mark.django_db
EVERYTHING = telling.everything()
DOCX = "Zarina Example.docx"
SCRIPT = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def editor(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def form(name: str, content: bytes, title: str = "A guide", prefix: str = "") -> dict[str, Any]:
    values = {
        "title": title,
        "file": SimpleUploadedFile(name, content, "application/octet-stream"),
        "collection": Collection.get_first_root_node().pk,
    }
    return {f"{prefix}{key}": value for key, value in values.items()}


def by_form(client, name, content):
    response = client.post(reverse("wagtaildocs:add"), form(name, content))
    assert response.status_code == 302, response.context["form"].errors


def by_several(client, name, content):
    data = form(name, content)
    data["files[]"] = data.pop("file")
    assert client.post(reverse("wagtaildocs:add_multiple"), data, headers=SCRIPT).json()["success"]


def by_chooser(client, name, content):
    data = form(name, content, prefix="document-chooser-upload-")
    assert client.post(reverse("wagtaildocs_chooser:create"), data).json()["step"] == "chosen"


def by_api(client, name, content):
    _token, key = APIToken.create_token(user=get_user_model().objects.get(is_superuser=True), name="test")
    with override_settings(ROOT_URLCONF="tests.urls_with_api"):
        answer = client.post("/api/v3/documents/", form(name, content), headers={"authorization": f"Bearer {key}"})
    assert answer.status_code == 201, answer.content


def by_code(client, name, content):
    Document.objects.create(title="A guide", file=ContentFile(content, name=name))


def by_field(client, name, content):
    document = Document(title="A guide")
    document.file.save(name, ContentFile(content), save=False)
    document.save()


def in_bulk(client, name, content):
    Document.objects.bulk_create([Document(title="A guide", file=ContentFile(content, name=name))])


def by_name(client, name, content):
    """What lay in the storage before."""
    path = Document._meta.get_field("file").storage.save(f"documents/{name}", ContentFile(content))
    Document.objects.create(title="A guide", file=path)


def assert_tells_nothing(content: bytes) -> None:
    for part in telling.unpacked(content):
        assert [marker for marker in telling.MARKERS if marker in part] == []


def cleaned(name: str, content: bytes) -> tuple[bytes, list[str]]:
    file = clean_document(io.BytesIO(content), name)
    return file.read(), file.left


@pytest.mark.parametrize("way", [by_form, by_several, by_chooser, by_api, by_code, by_field, in_bulk, by_name])
def test_document__is_stored_clean(client, editor, settings, way, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        way(client, DOCX, EVERYTHING[DOCX])

    document = Document.objects.get()
    content = document.file.open("rb").read()
    assert_tells_nothing(content)
    assert is_neutral(document.file.name)
    assert document.file.name.endswith(".docx")
    assert (document.file_size, len(document.file_hash)) == (len(content), 40)
    stored = (settings.MEDIA_ROOT / "documents").iterdir()
    assert [path.read_bytes() for path in stored] == [content]
    if way is not in_bulk:
        assert DocumentMetadata.objects.get(document=document).left == []


@pytest.mark.parametrize("name", EVERYTHING)
def test_metadata__is_removed(name):
    content, left = cleaned(name, EVERYTHING[name])

    assert left == []
    assert_tells_nothing(content)
    assert len(EVERYTHING[name]) > 100


@pytest.mark.parametrize("name", [DOCX, "table.xlsx", "slides.pptx", "text.odt", "book.epub"])
def test_archive__says_the_same_as_before(name):
    content, _left = cleaned(name, EVERYTHING[name])

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.testzip() is None
        assert telling.WORDS.encode() in b"".join(parts.read(part) for part in parts.namelist())
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        if "mimetype" in parts.namelist():
            assert parts.infolist()[0].filename == "mimetype"
            assert parts.infolist()[0].compress_type == zipfile.ZIP_STORED
        thumbnails = [part for part in parts.namelist() if "thumbnail" in part.lower()]
        listed = [part for part in parts.namelist() if b"humbnail" in parts.read(part)]
    assert thumbnails == listed == []


def test_pdf__says_the_same_as_before():
    content, _left = cleaned("guide.pdf", telling.pdf())

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert telling.WORDS.encode() in pdf.pages[0].Contents.read_bytes()
        assert pdf.pages[0].Annots[0].Contents == "A note"
        assert dict(pdf.docinfo) == {"/Title": "A guide"}
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert pdf.pages[0].Resources.XObject.Im0.read_raw_bytes().startswith(b"\xff\xd8")


@pytest.mark.parametrize("title", ["Microsoft Word - Malika", "C:\\Users\\zarina\\a", "malika_2.docx", "IMG_2024"])
def test_title_of_a_pdf__made_of_a_file_name_is_removed(title):
    content, _left = cleaned("guide.pdf", telling.pdf(title=title))

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert dict(pdf.docinfo) == {}
    assert title.encode() not in content


def test_check_sum__is_that_of_ogg():
    # "CRC-32/CKSUM" of the catalogue of parametrised CRC algorithms, whose result is inverted.
    assert check_sum(b"123456789") ^ 0xFFFFFFFF == 0x765E7680


@pytest.mark.parametrize("name", ["voice.opus", "voice.ogg", "voice.oga"])
def test_ogg__keeps_its_sound_and_the_length_of_every_page(name):
    whole = EVERYTHING[name].removesuffix(b"behind the end")
    content, _left = cleaned(name, EVERYTHING[name])

    assert len(content) == len(whole)
    assert content[content.index(b"\5setup") :] == whole[whole.index(b"\5setup") :]
    assert content[: whole.index(b"OggS", 1)] == whole[: whole.index(b"OggS", 1)]


def test_wav__keeps_its_sound():
    content, _left = cleaned("voice.wav", telling.wav())

    with wave.open(io.BytesIO(content)) as sound:
        assert (sound.getframerate(), sound.readframes(sound.getnframes())) == (8000, telling.FRAMES)


@pytest.mark.parametrize("name", ["film.mp4", "film.mov", "sound.m4a", "film.webm"])
def test_film__stays_where_it_is(name):
    content, _left = cleaned(name, EVERYTHING[name])

    assert len(content) == len(EVERYTHING[name])
    assert content.index(telling.FRAMES) == EVERYTHING[name].index(telling.FRAMES)
    assert (b"a chapter" in content) == (b"a chapter" in EVERYTHING[name])


def test_sound__keeps_its_chapters_and_every_byte():
    content, _left = cleaned("sound.mp3", telling.mp3())

    assert content.startswith(b"ID3")
    assert b"CHAP" in content
    assert content.endswith(telling.SOUND)


def test_sound__in_aac_and_flac_keeps_what_is_played():
    aac, _left = cleaned("voice.aac", telling.aac())
    assert aac in telling.aac()
    assert len(aac) == 5 * 100
    flac, _left = cleaned("voice.flac", telling.flac())
    assert flac == b"fLaC" + b"\0\0\0\x22" + bytes(34) + b"\x83\0\0\x12" + bytes(18) + b"\xff\xf8" + telling.FRAMES


@pytest.mark.parametrize("name", ["list.csv", "notes.txt", "captions.vtt", "captions.srt"])
def test_text__stays_as_it_is(name):
    assert cleaned(name, telling.WORDS.encode()) == (telling.WORDS.encode(), [])


def test_damaged_document__is_not_stored(client, editor, settings):
    for name in (DOCX, "guide.pdf", "film.mp4", "voice.ogg", "voice.wav"):
        response = client.post(reverse("wagtaildocs:add"), form(name, EVERYTHING[name][:200]))
        data = form(name, EVERYTHING[name][: len(EVERYTHING[name]) // 2])
        data["files[]"] = data.pop("file")
        answer = client.post(reverse("wagtaildocs:add_multiple"), data, headers=SCRIPT).json()
        assert "incomplete or damaged" in response.context["form"].errors["file"][0]
        assert "incomplete or damaged" in answer["error_message"]
    assert not Document.objects.exists()
    assert not UploadedFile.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


@override_settings(WAGTAILDOCS_MAX_UPLOAD_SIZE=1000)
def test_document__that_is_too_large_is_not_stored(client, editor, settings):
    answer = client.post(reverse("wagtaildocs:add"), form("a.txt", b"A guide. " * 200))
    several = client.post(
        reverse("wagtaildocs:add_multiple"),
        {**form("a.txt", b""), "files[]": SimpleUploadedFile("a.txt", b"A guide. " * 200)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )

    assert "too big" in answer.context["form"].errors["file"][0]
    assert "too big" in several.json()["error_message"]
    assert not Document.objects.exists()


def test_replaced_document__goes(settings, django_capture_on_commit_callbacks):
    by_code(None, DOCX, EVERYTHING[DOCX])
    document = Document.objects.get()
    document.file = ContentFile(EVERYTHING["guide.pdf"], name="guide.pdf")

    with django_capture_on_commit_callbacks(execute=True):
        document.save()

    stored = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert [path.suffix for path in stored] == [".pdf"]


def test_parked_document__is_clean(client, editor, settings):
    data = form(DOCX, EVERYTHING[DOCX], "A" * 300)
    data["files[]"] = data.pop("file")

    client.post(reverse("wagtaildocs:add_multiple"), data, headers=SCRIPT)

    parked = UploadedFile.objects.get()
    assert is_neutral(parked.file.name)
    assert_tells_nothing(parked.file.open("rb").read())
