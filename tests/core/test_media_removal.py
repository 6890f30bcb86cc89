"""The bytes of deleted images and documents are removed, also after a kill, and sizes that were stored under names
made of the upload's get names that nobody can guess."""

import io
import os
import time

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from wagtail.users.models import UserProfile

from core import work
from core.media.renditions import FILTERS
from core.models import RecordedWork, SiteRendition, TrashedFile
from core.trash.removal import REMOVE_FILES, remove_files
from tests import factories


@pytest.fixture(autouse=True)
def _forgotten_renditions():
    caches["default"].clear()


def image_with_sizes():
    image = factories.SiteImageFactory()
    sizes = [image.get_rendition(f"width-{width}|format-webp") for width in (4, 8)]
    return image, [image.file.name, *(size.file.name for size in sizes)]


def stored(names: list[str]) -> list[bool]:
    return [default_storage.exists(name) for name in names]


def test_deletion__of_an_image_removes_it_and_its_sizes_after_the_commit(db, django_capture_on_commit_callbacks):
    image, names = image_with_sizes()
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
        assert all(stored(names))
    assert stored(names) == [True, False, False]
    with django_capture_on_commit_callbacks(execute=True):
        TrashedFile.objects.all().delete()
    assert not any(stored(names))
    assert not RecordedWork.objects.filter(name=REMOVE_FILES).exists()


@pytest.mark.parametrize("kind", ["image", "document"])
def test_deletion__whose_process_is_killed_after_the_commit_is_made_good(db, kind):
    """No callback of the commit runs here."""
    if kind == "image":
        thing, names = image_with_sizes()
    else:
        thing = factories.DocumentFactory()
        names = [thing.file.name]
    thing.delete()
    TrashedFile.objects.all().delete()
    assert all(stored(names))
    recorded = RecordedWork.objects.filter(name=REMOVE_FILES)
    assert set(recorded.values_list("key", flat=True)) == set(names)

    work.perform_due()

    assert not any(stored(names))
    assert not RecordedWork.objects.filter(name=REMOVE_FILES).exists()


def test_removal__spares_a_name_that_another_upload_has_by_now(db):
    document = factories.DocumentFactory()
    remove_files([document.file.name, "documents/never.pdf"])
    assert default_storage.exists(document.file.name)


GUESSABLE = ["images/road.width-8.format-webp.webp", "images/road.2e16d0ba.fill-8x8.jpg", "images/a.b.c.png"]


def stored_as_before(name: str) -> SiteRendition:
    made = factories.SiteImageFactory().get_rendition("width-8|format-webp")
    with made.file.open() as file:
        content = file.read()
    default_storage.save(name, ContentFile(content))
    SiteRendition.objects.filter(pk=made.pk).update(file=name)
    made.refresh_from_db()
    return made


def rename() -> str:
    out = io.StringIO()
    call_command("rename_renditions", stdout=out)
    work.perform_due()
    return out.getvalue()


def aged(name: str, hours: int) -> str:
    """Store a file that no row names, as an upload does that is killed before its commit."""
    stored_as = default_storage.save(name, ContentFile(b"left"))
    then = time.time() - hours * 3600
    os.utime(default_storage.path(stored_as), (then, then))
    return stored_as


@pytest.mark.parametrize("folder", ["images", "documents", "media/of/old", "avatar_images"])
def test_strays__are_removed_each_day_once_no_upload_can_be_under_way(db, folder):
    old, new = aged(f"{folder}/old.bin", 25), aged(f"{folder}/new.bin", 23)
    call_command("purge_deleted")
    assert stored([old, new]) == [False, True]


def test_strays__are_none_that_an_image_a_size_a_document_the_trash_a_profile_or_a_page_shows(db):
    _image, names = image_with_sizes()
    names += [factories.DocumentFactory().file.name, aged("share/7/abc.png", 48)]
    trashed, profile = factories.DocumentFactory(), UserProfile.get_for_user(factories.UserFactory())
    names.append(trashed.file.name)
    trashed.delete()
    profile.avatar = aged("avatar_images/a.png", 48)
    profile.save()
    names.append(profile.avatar.name)
    for name in names:
        os.utime(default_storage.path(name), (0, 0))
    call_command("purge_deleted")
    assert all(stored(names))


@pytest.mark.parametrize("name", GUESSABLE)
def test_rename__gives_sizes_names_that_nobody_can_guess(site, client, name):
    made = stored_as_before(name)
    factories.NewsPageFactory(parent=site.news_index, lead_image=made.image)
    before = client.get(made.url)
    assert before.status_code == 200

    assert rename() == "Renamed 1 stored sizes of images.\n"

    assert client.get(f"/media/{name}").status_code == 404
    assert not default_storage.exists(name)
    made.refresh_from_db()
    assert b"".join(client.get(made.url)) == b"".join(before)
    assert rename() == "Renamed 0 stored sizes of images.\n"


def test_rename__that_was_killed_is_made_good_and_leaves_no_copy(db, monkeypatch):
    made = stored_as_before(GUESSABLE[0])

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SiteRendition, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            rename()
    assert len(default_storage.listdir("images")[1]) == 3
    rename()
    made.refresh_from_db()
    _folders, files = default_storage.listdir("images")
    assert made.file.name in {f"images/{file}" for file in files}
    # Those that pages show were made by the same work.
    assert len(files) == 2 + len(FILTERS)
