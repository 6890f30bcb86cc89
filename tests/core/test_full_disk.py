"""A disk, or what the site may use of it, that is full: readers go on, whoever saves is told and loses nothing."""

import errno
import html
import os
import re
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import rich_text, streamfield

from core.health.errors import is_disk_full
from tests import factories
from tests.going_live import edit_url, page_data
from tests.scenes import scene

LONG = "<p>" + "Слово за словом. " * 20_000 + "</p>"
TRIGGER = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON wagtailcore_revision FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


@pytest.fixture
def database():
    """Fills the database's disk and makes room again: SQLite by its own limit, PostgreSQL by its own error."""

    def fill() -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA page_count")
                cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
            else:
                cursor.execute(TRIGGER)

    def make_room() -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA max_page_count = 1073741823")
            else:
                cursor.execute("DROP FUNCTION IF EXISTS full_disk CASCADE")

    yield SimpleNamespace(fill=fill, make_room=make_room)
    make_room()


@scene
def live(section):
    page = factories.ContentPageFactory(parent=section)
    page.save_revision().publish()
    return page


@pytest.fixture
def asked(client):
    client.raise_request_exception = False
    return client


def root() -> int:
    return Collection.get_first_root_node().pk


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.png", get_test_image_file().file.getvalue(), "image/png")


def kept(page: str) -> dict[str, list[str]]:
    """Return the fields that the page sends again, as a browser does."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page, re.DOTALL)
    fields: dict[str, list[str]] = {}
    for name, value in found:
        fields.setdefault(html.unescape(name), []).append(html.unescape(value))
    return fields


@pytest.mark.django_db(transaction=True)
def test_editor__is_told_and_saves_the_same_text_later(asked, publisher, live, database):
    before = Page.objects.get(pk=live.pk).title
    body = streamfield([("rich_text", rich_text(LONG))])
    sent = page_data(live, body=body, title='A "new" title & more', **{"action-publish": "1"})
    database.fill()

    answer = asked.post(edit_url(live), sent)

    assert answer.status_code == 507
    text = answer.content.decode()
    assert "Nothing was saved" in text
    assert Page.objects.get(pk=live.pk).title == before
    assert asked.get(live.specific.get_url()).status_code == 200
    assert asked.get(edit_url(live)).status_code == 200
    database.make_room()
    again = asked.post(edit_url(live), kept(text))
    assert again.status_code == 302
    assert Page.objects.get(pk=live.pk).title == 'A "new" title & more'
    assert "Слово за словом." in str(Page.objects.get(pk=live.pk).specific.body)


@pytest.mark.django_db(transaction=True)
def test_autosave__is_told_in_its_own_words(asked, publisher, live, database):
    sent = page_data(live, body=streamfield([("rich_text", rich_text(LONG))]))
    database.fill()
    answer = asked.post(edit_url(live), sent, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["success"]) == (507, False)
    assert "disk is full" in answer.json()["error_message"]


@pytest.mark.django_db
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_upload__is_told_and_leaves_no_image(asked, admin_user, monkeypatch, code):
    asked.force_login(admin_user)

    def fail(self, name, content, *args):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", fail)
    form = {"title": "A mountain", "file": picture(), "tags": "kept, too", "collection": root()}
    answer = asked.post(reverse("wagtailimages:add"), form)
    assert answer.status_code == 507
    assert kept(answer.content.decode())["title"] == ["A mountain"]
    assert not get_image_model().objects.exists()


@pytest.mark.django_db
def test_body_that_cannot_be_taken__is_told(asked, admin_user, monkeypatch, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    asked.force_login(admin_user)

    def fail(self, *args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk", fail)
    form = {"title": "A mountain", "file": picture(), "collection": root()}
    answer = asked.post(reverse("wagtailimages:add"), form)
    assert answer.status_code == 507


@pytest.mark.django_db
def test_password__is_not_sent_back(admin_user, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", fail)
    client = Client(raise_request_exception=False)
    answer = client.post("/admin/login/", {"username": "admin", "password": "password"})
    assert answer.status_code == 507
    assert kept(answer.content.decode()) == {}
    assert 'value="password"' not in answer.content.decode()


@pytest.mark.parametrize("free_mb", [0, 100])
def test_storage__keeps_a_reserve_for_texts(settings, monkeypatch, free_mb):
    """The second file would fit, and leave too little."""
    free = SimpleNamespace(f_bavail=free_mb * 1024, f_frsize=1024)
    monkeypatch.setattr(os, "statvfs", lambda path: free)
    with pytest.raises(OSError, match="No space left") as refused:
        default_storage.save("some.txt", ContentFile(b"x" * 2048))
    assert is_disk_full(refused.value)
    assert not default_storage.exists("some.txt")
    settings.DISK_RESERVE_MB = free_mb - 1
    if free_mb:
        assert default_storage.save("some.txt", ContentFile(b"x")) == "some.txt"
