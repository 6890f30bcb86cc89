"""The command that cleans what was stored before files were cleaned."""

import io
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import TestCase
from wagtail.documents.models import Document
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from core.media.renditions import FILTERS, make_pictures
from core.metadata.documents import CHECKS, LEFT
from core.models import DocumentMetadata, SiteImage
from core.publishing.gate import Publication
from core.uploads import stored
from tests import factories
from tests.core import telling_documents as documents
from tests.core import telling_films as films
from tests.core import telling_pictures as pictures
from tests.core.test_document_leftovers import HELD

pytestmark = pytest.mark.django_db
PHOTO = pictures.everything()["IMG_20240816_Malika.jpg"]
MARKERS = [*pictures.MARKERS, documents.PERSON.encode(), documents.DEVICE.encode()]


def put(name: str, content: bytes) -> str:
    return default_storage.save(name, ContentFile(content))


@pytest.fixture
def before(db, settings):
    """Files as they were stored before this was built: an image with sizes, one that is damaged, documents, a
    profile picture and a parked upload. What makes the sizes does not know yet that a file may tell something."""
    caches["default"].clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        image = factories.SiteImageFactory(credit="")
    SiteImage.objects.filter(pk=image.pk).update(file=put("original_images/IMG_Malika.jpg", PHOTO))
    SiteImage.objects.filter(pk=image.pk).update(width=320, height=200, focal_point_x=100, focal_point_y=50)
    for rendition in image.renditions.all():
        Path(rendition.file.path).write_bytes(PHOTO)
    damaged = factories.SiteImageFactory()
    SiteImage.objects.filter(pk=damaged.pk).update(file=put("original_images/b.jpg", PHOTO[:2000]))
    for name, content in (("a.docx", documents.docx()), ("b.pdf", documents.signed_pdf())):
        document = factories.DocumentFactory()
        Document.objects.filter(pk=document.pk).update(file=put(f"documents/{name}", content))
    DocumentMetadata.objects.all().delete()
    profile = UserProfile.get_for_user(factories.UserFactory())
    UserProfile.objects.filter(pk=profile.pk).update(avatar=put("avatar_images/avatar_1_Malika.jpg", PHOTO))
    parked = UploadedFile.objects.create(file=ContentFile(PHOTO, "a.jpg"))
    UploadedFile.objects.filter(pk=parked.pk).update(file=put("wagtail_uploads/a.jpg", PHOTO))
    return image, damaged


def run(*options: str) -> str:
    output = io.StringIO()
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("clean_files", *options, stdout=output)
    return output.getvalue()


def telling_files(settings) -> list[str]:
    files = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    return [path.name for path in files if any(marker in path.read_bytes() for marker in MARKERS)]


def state(settings) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}


def test_dry_run__changes_nothing(before, settings):
    image, damaged = before
    files = state(settings)

    said = run("--dry-run")

    assert f"image {image.pk}: APP1, APP13, COM" in said
    assert f"image {damaged.pk}" in said
    assert "6 files would be cleaned" in said
    assert state(settings) == files


def test_command__cleans_everything_that_can_be_cleaned(before, settings):
    image = before[0]

    said = run()

    image.refresh_from_db()
    assert image.credit == pictures.PERSON
    assert (image.width, image.height, image.focal_point_x) == (320, 200, 100)
    assert {each.filter_spec for each in image.renditions.all()} == set(FILTERS)
    assert "incomplete or damaged" in said
    assert "The file is signed" in said
    assert sorted(len(telling) for telling in telling_files(settings)) == [len("b.jpg"), 36]
    assert sorted(row.left for row in DocumentMetadata.objects.all()) == [[], ["signed"]]
    assert "Malika" not in " ".join(state(settings))


def test_command__goes_on_after_it_was_killed(before, settings, monkeypatch):
    cleaned = []

    def killed(found):
        if len(cleaned) == 2:
            raise KeyboardInterrupt
        cleaned.append(str(found))
        return clean(found)

    clean = stored.clean
    monkeypatch.setattr("core.management.commands.clean_files.clean", killed)
    with pytest.raises(KeyboardInterrupt):
        run()
    monkeypatch.undo()

    said = run()

    assert cleaned[0] not in said
    assert "incomplete or damaged" in said
    files = state(settings)
    assert "1 files would be cleaned" in run("--dry-run")
    run()
    assert state(settings) == files


def test_size_made_before_cleaning__is_clean(before):
    image = before[0]
    image.refresh_from_db()
    with TestCase.captureOnCommitCallbacks(execute=True):
        image.renditions.all().delete()

    make_pictures(image)

    assert image.renditions.count() == len(FILTERS)
    for rendition in image.renditions.all():
        content = rendition.file.open("rb").read()
        assert not [marker for marker in MARKERS if marker in content]


@pytest.mark.parametrize("name", ["deleted.docx", "hidden.odt", "sheet.xlsx", "notes.pptx", "shown.xlsx"])
def test_document__that_a_newer_check_has_not_read_is_read_again(site, name):
    content, left = HELD[name]
    document = factories.DocumentFactory(title="On the road", file=ContentFile(content, name))
    # As it was written before there was the check.
    DocumentMetadata.objects.filter(document=document).update(left=[], checks=0)
    live = factories.NewsPageFactory(
        parent=site.news_index, body=[("rich_text", f'<a linktype="document" id="{document.pk}">Read</a>')]
    )

    address = document.url
    assert f"document {document.pk}" in run("--dry-run")
    assert DocumentMetadata.objects.get().left == []
    run()

    assert DocumentMetadata.objects.get().left == left
    assert Document.objects.get(pk=document.pk).url == address
    found = {finding.code for finding in Publication(type(live).objects.get(pk=live.pk)).findings}
    assert ("file_metadata" in found) == bool(left)
    assert type(live).objects.get(pk=live.pk).live
    assert "0 files checked" in run()


STORED_FILMS = {
    "place": (films.film(films.picture(), films.measured()), ["data_track"], []),
    "time of day": (films.film(films.picture(), films.measured(b"tmcd", b"tmcd")), [], []),
    "elsewhere": (films.film(films.picture(), films.measured(source=0)), ["data_track"], ["data_track", "linked"]),
    "picture": (films.film(films.picture(), films.sound()), [], []),
}


@pytest.mark.parametrize("name", STORED_FILMS)
def test_film__whose_measurements_were_left_is_cleaned(site, settings, name):
    content, before, after = STORED_FILMS[name]
    document = factories.DocumentFactory(title="On the road", file=ContentFile(content, "a.mov"))
    # As it was stored before such tracks were removed.
    if name != "picture":
        Path(document.file.path).write_bytes(content)
        Document.objects.filter(pk=document.pk).update(file_hash="")
    DocumentMetadata.objects.filter(document=document).update(left=before, checks=1)
    body = [("rich_text", f'<a linktype="document" id="{document.pk}">Read</a>')]
    page = factories.NewsPageFactory(parent=site.news_index, live=False, body=body)

    address = document.url
    output = run()

    document = Document.objects.get(pk=document.pk)
    metadata = DocumentMetadata.objects.get()
    assert (metadata.left, metadata.checks) == (after, CHECKS)
    assert (str(LEFT["data_track"]) in output) == bool(after)
    assert (document.url == address) == (name == "picture")
    stored = [path.read_bytes() for path in settings.MEDIA_ROOT.joinpath("documents").iterdir()]
    assert [len(each) for each in stored] == [len(content)]
    assert bool(after) == (films.GPS in stored[0])
    found = {finding.code for finding in Publication(type(page).objects.get(pk=page.pk)).findings}
    assert ("file_metadata" in found) == bool(after)
    assert "0 files checked" in run()
    assert Document.objects.get(pk=document.pk).url == document.url
