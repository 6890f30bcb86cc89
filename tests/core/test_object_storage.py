"""Files in a bucket of an S3-compatible service: the site stores them there, and sends them itself."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection
from wagtail.users.models import UserProfile

from core import work
from core.backup import blobs
from core.health import checks
from core.media import disk
from core.media.storage import StorageAway
from core.models import SiteImage, TrashedFile
from core.seo.pictures import forget, looked_up
from site_cms.settings import environment
from tests import factories, showing
from tests.object_storage import KEYS, REGION, Bucket, running
from tests.small_files import LEAFLET

NAME = "files-of-the-site"


@pytest.fixture(scope="module")
def service() -> Iterator[Bucket]:
    with running(NAME) as bucket:
        yield bucket


@pytest.fixture(autouse=True)
def bucket(service, settings, monkeypatch, tmp_path) -> Iterator[Bucket]:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    stored = environment.media_storage(NAME, service.endpoint, REGION)
    settings.STORAGES = {**settings.STORAGES, "default": stored}
    # Wagtail remembers renditions by the number of their image, which SQLite gives out again.
    caches["default"].clear()
    yield service
    service.empty()
    assert not (tmp_path / "media").exists()


@pytest.fixture
def away(bucket) -> Iterator[None]:
    bucket.stop()
    yield
    bucket.start()
    end = time.monotonic() + 10
    storage: Any = default_storage
    while storage.breaker.is_open and time.monotonic() < end:
        time.sleep(0.05)
    storage.ask()


# No scene: its files are in the bucket, which is emptied after each test.
@pytest.fixture
def shown(site) -> showing.Shown:
    return showing.story(site)


@pytest.fixture
def admin(db) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def body(response) -> bytes:
    return b"".join(response)


def test_image_form__stores_in_the_bucket(admin, bucket):
    data = {
        "title": "Road",
        "file": SimpleUploadedFile("road.png", get_test_image_file().file.getvalue(), "image/png"),
        "collection": Collection.get_first_root_node().pk,
        "shows": "nobody",
    }
    assert admin.post(reverse("wagtailimages:add"), data).status_code == 302

    image = SiteImage.objects.get()
    assert image.file.name in bucket.names()
    assert bucket.content(image.file.name).startswith(b"\x89PNG")
    assert {grant for name in bucket.names() for grant in bucket.grants(name)} == set()


def test_names__are_never_given_to_two_files(bucket):
    first = default_storage.save("documents/a.txt", ContentFile(b"one"))
    second = default_storage.save("documents/a.txt", ContentFile(b"two"))

    assert first != second
    assert bucket.content(first) == b"one"


def test_files__are_sent_by_the_site_while_readers_see_them(shown):
    showing.assert_public(shown)
    stored = shown.image.renditions.get(filter_spec="width-400|format-webp").file
    response = Client().get(stored.instance.url)
    assert body(response) == default_storage.open(stored.name).read()
    assert response["Cache-Control"] == "public, no-cache"
    assert int(response["Content-Length"]) == stored.size
    again = Client().get(stored.instance.url, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304

    shown.page.unpublish()
    showing.assert_never_there(shown)


def test_image__whose_consent_is_withdrawn_was_never_there(shown):
    address = shown.addresses["lead image"]
    shown.image.consent_withdrawn = "2024-08-16"
    shown.image.save()

    assert showing.answer(Client(), address) == showing.answer(Client(), shown.never["/media/"])


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=3-", 206, slice(3, None)),
        ("bytes=-4", 206, slice(-4, None)),
        ("bytes=99999999-", 416, slice(0, 0)),
        ("lines=0-1", 200, slice(0, None)),
    ],
)
def test_document__is_sent_in_parts(shown, asked, status, part):
    whole = shown.document.file.open("rb").read()
    response = Client().get(shown.document.url, headers={"Range": asked})

    assert response.status_code == status
    assert body(response) == whole[part]


def test_part__asks_the_bucket_for_no_more(bucket, monkeypatch):
    name = default_storage.save("documents/film.mp4", ContentFile(bytes(1_000_000)))
    asked = []
    client = default_storage.connection.meta.client
    client.meta.events.register(
        "before-call.s3.GetObject", lambda params, **kwargs: asked.append(params["headers"])
    )

    with default_storage.part(name, 10, 5) as part:
        assert part.read() == bytes(5)
    assert [headers["Range"] for headers in asked] == ["bytes=10-14"]


def test_file__whose_bytes_are_lost_is_not_there(shown, bucket):
    bucket.empty()

    assert Client().get(shown.addresses["lead image"]).status_code == 404
    assert Client().get(shown.document.url).status_code == 404
    assert Client().get(shown.addresses["share picture"]).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_deleted__leaves_nothing_in_the_bucket(bucket):
    image, document = factories.SiteImageFactory(), factories.DocumentFactory()
    image.get_rendition("width-400|format-webp")
    originals = {image.file.name, document.file.name}
    image.delete()
    document.delete()
    work.perform_due()

    # In the trash, from where it can be restored.
    assert bucket.names() == originals
    TrashedFile.objects.all().delete()
    work.perform_due()
    assert bucket.names() == set()


def test_share_picture__is_kept_and_forgotten(shown, bucket):
    picture = looked_up(shown.page)
    forget(shown.page.pk)
    assert picture.keep()
    assert picture.name in bucket.names()
    assert not picture.keep()

    forget(shown.page.pk)
    assert picture.name not in bucket.names()


def test_backup__reads_and_fills_the_bucket(bucket, tmp_path):
    contents = {"images/a.jpg": b"picture", "images/b.jpg": b"picture", "documents/c.pdf": LEAFLET}
    for name, content in contents.items():
        default_storage.save(name, ContentFile(content))
    backups = tmp_path / "backups"

    files = blobs.copy_all(backups, [])
    assert blobs.copy_all(backups, files) == files
    assert {each.name for each in files} == set(contents)
    assert blobs.damaged(backups, files) == []

    bucket.empty()
    with blobs.put_back(backups, files):
        pass
    assert {name: bucket.content(name) for name in bucket.names()} == contents
    bucket.empty()
    with pytest.raises(RuntimeError), blobs.put_back(backups, files):
        raise RuntimeError
    assert bucket.names() == set()
    shutil.rmtree(backups)


def test_no_page__names_the_bucket(shown, admin, bucket):
    user = factories.UserFactory(is_superuser=True)
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("me.png", ContentFile(get_test_image_file().file.getvalue()))
    admin.force_login(user)
    image, document = shown.image.pk, shown.document.pk
    addresses = [
        *(shown.page.url, "/en/", "/sitemap.xml", "/sitemap-en-1.xml", f"{showing.API}pages/"),
        *(f"{showing.API}images/{image}/", f"{showing.API}documents/{document}/"),
        *(reverse("wagtailadmin_home"), reverse("wagtailadmin_account")),
        *(reverse("wagtailimages:index"), reverse("wagtailimages:edit", args=[image])),
        *(reverse("wagtaildocs:index"), reverse("wagtaildocs:edit", args=[document])),
        *(reverse("wagtailimages_chooser:choose"), reverse("wagtaildocs_chooser:choose")),
        reverse("wagtailadmin_pages:edit", args=[shown.page.pk]),
    ]
    for address in addresses:
        response = admin.get(address)
        assert response.status_code == 200, address
        told = body(response).decode() + str(response.headers)
        for secret in (bucket.name, str(bucket.port), *KEYS.values()):
            assert secret not in told, address
    assert profile.avatar.url == f"/media/{profile.avatar.name}"


def test_bucket_away__stops_no_page(shown, away, settings):
    public = shown.addresses["lead image"]
    begun = time.monotonic()
    for address in (public, shown.document.url):
        response = Client().get(address)
        assert response.status_code == 503
        assert (response["Retry-After"], response["Cache-Control"]) == ("10", "no-store")
    for address in (shown.page.url, "/en/", shown.addresses["share picture"]):
        assert Client().get(address).status_code == 200
    assert Client().get(shown.never["/media/"]).status_code == 404
    shown.page.unpublish()
    assert showing.answer(Client(), public) == showing.answer(Client(), shown.never["/media/"])

    settings.HEALTH_TOKEN = "a token of thirty-two characters"
    told = Client().get("/readyz", headers={"authorization": f"Bearer {settings.HEALTH_TOKEN}"})
    assert told.status_code == 200
    assert told.json()["checks"]["media"]["ok"] is False
    # Once it is known to be away nobody waits for it.
    assert time.monotonic() - begun < 10


@pytest.mark.django_db
def test_bucket_away__nothing_is_half_stored(bucket, away):
    with pytest.raises(StorageAway), transaction.atomic():
        factories.DocumentFactory()
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize(("name", "file"), [("wagtailimages:add", "a.png"), ("wagtaildocs:add", "a.pdf")])
def test_bucket_away__is_said_at_the_form(admin, away, name, file):
    content = LEAFLET if file == "a.pdf" else get_test_image_file().file.getvalue()
    sent = {"title": "A", "file": SimpleUploadedFile(file, content), "collection": 1}
    answer = admin.post(reverse(name), sent)

    assert answer.status_code == 200
    assert "The file storage is not responding." in answer.content.decode()
    assert not SiteImage.objects.exists()
    assert not get_document_model().objects.exists()


def test_health__asks_for_the_bucket_and_not_for_a_folder(bucket, settings, monkeypatch):
    assert checks.run("media", checks.check_media) == checks.Result("media", True, "in a bucket")
    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "bucket_name", "nobodys")
        assert not checks.run("media", checks.check_media).ok
        with pytest.raises(StorageAway):
            blobs.copy_all(Path("/nowhere"), [])

    settings.MEDIA_ROOT = "/proc"
    assert all(each.folder != Path("/proc") for each in disk.spaces())
