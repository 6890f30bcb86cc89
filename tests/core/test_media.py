import datetime

import pytest
from django.core.cache import caches
from django.test import Client

from tests import factories

TODAY = datetime.date(2024, 8, 16)


@pytest.fixture
def picture(db, settings):
    """A rendition, its original and other things that were uploaded."""
    # Wagtail remembers renditions by the number of their image, which SQLite gives out again.
    caches["default"].clear()
    image = factories.SiteImageFactory(people=True)
    made = image.get_rendition("width-400|format-webp")
    for name in ("documents/list.pdf", "images/stray.png", "secret.txt"):
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"content")
    return made


def withdraw(picture) -> None:
    picture.image.consent_withdrawn = TODAY
    picture.image.save()


def test_media__shows_a_rendition_with_one_query(client, picture, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(picture.url)

    assert b"".join(response.streaming_content) == picture.file.open("rb").read()
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert "Vary" not in response or "Cookie" not in response["Vary"]


def test_media__answers_conditional_requests(client, picture):
    since = client.get(picture.url)["Last-Modified"]

    assert client.get(picture.url, headers={"if-modified-since": since}).status_code == 304
    withdraw(picture)
    assert client.get(picture.url, headers={"if-modified-since": since}).status_code == 410


@pytest.mark.parametrize(
    "change",
    [
        {"consent_withdrawn": TODAY},
        {"consent_until": TODAY},
        {"consent_scope": "internal"},
        {"consent_reference": ""},
    ],
)
def test_media__without_consent_a_rendition_is_gone(client, picture, change, django_assert_num_queries):
    for name, value in change.items():
        setattr(picture.image, name, value)
    picture.image.save()

    with django_assert_num_queries(1):
        response = client.get(picture.url)

    assert response.status_code == 410
    assert response["Cache-Control"] == "no-store"
    assert b"PNG" not in response.content


def test_media__without_consent_it_is_seen_in_the_admin_alone(client, picture):
    withdraw(picture)
    client.force_login(factories.UserFactory())
    assert client.get(picture.url).status_code == 410

    client.force_login(factories.UserFactory(is_superuser=True))
    response = client.get(picture.url)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_media__has_no_address_for_originals(client, picture):
    name = picture.image.file.name.removeprefix("original_images/")
    for path in (picture.image.file.name, f"images/../{picture.image.file.name}", f"images/{name}"):
        assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["documents/list.pdf", "images/", "images/stray.png", "images/../secret.txt", "images/./stray.png"]
)
def test_media__shows_nothing_else(picture, path):
    assert Client().get(f"/media/{path}").status_code == 404
