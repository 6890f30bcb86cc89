"""An upload while the storage for files is away: the form says so, and nothing is stored."""

import os
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, UploadedFile

from core.media.storage import ReservingStorage, StorageAway
from core.models import SiteImage
from tests import factories
from tests.small_files import LEAFLET

SCRIPT = {"x-requested-with": "XMLHttpRequest", "accept": "application/json"}
SAID = "The file storage is not responding. Nothing was saved."


@pytest.fixture
def admin(db) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def away(*args: object) -> None:
    raise StorageAway("It does not answer.")


@pytest.fixture(params=["away", "not to be written"])
def unusable(request, monkeypatch) -> None:
    """A storage that says so when it is asked."""
    if request.param == "away":
        monkeypatch.setattr(ReservingStorage, "ask", away)
    else:
        monkeypatch.setattr(os, "access", lambda path, mode: False)


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.png", get_test_image_file().file.getvalue(), "image/png")


def leaflet() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", LEAFLET, "application/pdf")


def form(file: SimpleUploadedFile) -> dict[str, Any]:
    return {"title": "Typed by hand", "file": file, "collection": Collection.get_first_root_node().pk}


def stored() -> list[Any]:
    return [*SiteImage.objects.all(), *get_document_model().objects.all(), *UploadedFile.objects.all()]


SINGLE = [("wagtailimages:add", picture), ("wagtaildocs:add", leaflet)]
SEVERAL = [("wagtailimages:add_multiple", picture), ("wagtaildocs:add_multiple", leaflet)]
CHOOSERS = [("wagtailimages_chooser:create", picture), ("wagtaildocs_chooser:create", leaflet)]


@pytest.mark.parametrize(("name", "file"), SINGLE)
def test_form__says_so_and_keeps_what_was_typed(admin, unusable, name, file):
    answer = admin.post(reverse(name), form(file()))

    assert answer.status_code == 200
    assert SAID in answer.content.decode()
    assert 'value="Typed by hand"' in answer.content.decode()
    assert not stored()


@pytest.mark.parametrize(("name", "file"), CHOOSERS)
def test_chooser__says_so_in_its_form(admin, unusable, name, file):
    prefix = "image-chooser-upload" if "images" in name else "document-chooser-upload"
    sent = {f"{prefix}-{field}": value for field, value in form(file()).items()}
    answer = admin.post(reverse(name), sent, headers=SCRIPT)

    assert answer.status_code == 200
    assert SAID in answer.content.decode()
    assert not stored()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "file"), SEVERAL)
@pytest.mark.parametrize("method", ["ask", "_save"])
def test_several__are_each_told_so(admin, monkeypatch, method, name, file):
    monkeypatch.setattr(ReservingStorage, method, away)
    sent = {"title": "Typed by hand", "files[]": file(), "collection": Collection.get_first_root_node().pk}
    answer = admin.post(reverse(name), sent, headers=SCRIPT)

    assert (answer.status_code, answer.json()["success"]) == (200, False)
    assert SAID in answer.json()["error_message"]
    assert not stored()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "file"), SINGLE)
def test_storage_that_goes_away_meanwhile__loses_no_text(admin, monkeypatch, name, file):
    monkeypatch.setattr(ReservingStorage, "_save", away)
    answer = admin.post(reverse(name), form(file()))

    assert answer.status_code == 503
    assert SAID in answer.content.decode()
    assert 'name="title" value="Typed by hand"' in answer.content.decode()
    assert not stored()


def test_storage_in_a_folder__that_is_not_there_yet_can_be_used(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "made" / "later")

    default_storage.ask()

    assert default_storage.exists(default_storage.save("a.txt", ContentFile(b"a")))
