"""Author and copyright of a picture become its credit, as plain text, before the file loses them."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.metadata.credits import credit_of, decoded
from core.models import SiteImage
from tests import factories
from tests.core import telling_pictures as telling

UTF8 = (1, 90, b"\x1b%G")


def credit(content: bytes) -> str:
    with Image.open(io.BytesIO(content)) as picture:
        return credit_of(picture)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (telling.jpeg(exif=telling.exif("Ann Example")), "Ann Example"),
        (telling.jpeg(exif=telling.exif(copyright_="© Ann Example")), "© Ann Example"),
        (telling.jpeg(exif=telling.exif("Ann Example", "© Agency 2024")), "Ann Example, © Agency 2024"),
        (telling.jpeg(exif=telling.exif("Ann Example", "© Ann Example 2024")), "© Ann Example 2024"),
        (telling.jpeg(telling.iptc((2, 80, b"Ann Example"))), "Ann Example"),
        (telling.jpeg(telling.iptc((2, 110, b"Agency"))), "Agency"),
        (telling.jpeg(telling.iptc((2, 80, b"Ann"), (2, 80, b"Bob"), (2, 116, b"(c) us"))), "Ann, Bob, (c) us"),
        (telling.jpeg(telling.iptc(UTF8, (2, 80, "Зарина".encode()))), "Зарина"),
        (telling.jpeg(telling.iptc((2, 80, "Зарина".encode("cp1251")))), "Зарина"),
        (telling.jpeg(telling.iptc((2, 80, "José Müller".encode("latin-1")))), "José Müller"),
        (telling.jpeg(xmp=telling.xmp("زرینه")), "زرینه"),
        (telling.jpeg(xmp=telling.xmp("Ann", "All rights reserved")), "Ann, All rights reserved"),
        (telling.written(telling.drawing(), "PNG", exif=telling.exif("Зарина")), "Зарина"),
        (telling.jpeg(exif=telling.exif("Зарина".encode("cp1251"))), "Зарина"),
        (telling.jpeg(exif=telling.exif("José Müller".encode("latin-1"))), "José Müller"),
        (telling.written(telling.drawing(), "WEBP", xmp=telling.xmp("Ann")), "Ann"),
        (telling.jpeg(exif=telling.exif("<b>Ann</b>\x07 Example\x1b")), "Ann Example"),
        (telling.jpeg(exif=telling.exif("A" * 500)), "A" * 200),
        (telling.jpeg(xmp=b"<x:xmpmeta"), ""),
        (telling.jpeg(xmp=b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), ""),
        (telling.jpeg(), ""),
    ],
)
def test_credit__is_read(content, expected):
    assert credit(content) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Müller".encode(), "Müller"),
        ("Müller".encode("latin-1"), "Müller"),
        ("Ольга Иванова".encode("cp1251"), "Ольга Иванова"),
        ("© Ольга".encode("cp1251"), "© Ольга"),
        ("© Ann".encode("latin-1"), "© Ann"),
        ("Зарина".encode("utf-16"), "Зарина"),
    ],
)
def test_bytes__become_text(raw, expected):
    assert decoded(raw) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "expected"), [("", "Ann Example"), ("Photo: the office", "Photo: the office")])
def test_credit__of_the_file_never_replaces_the_editors(typed, expected):
    content = telling.jpeg(exif=telling.exif("Ann Example"))

    image = SiteImage.objects.create(title="A path", credit=typed, file=ContentFile(content, "a.jpg"))

    image.refresh_from_db()
    assert image.credit == expected


def test_credit__is_shown_after_the_upload(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))
    content = SimpleUploadedFile("a.jpg", telling.jpeg(exif=telling.exif("<i>Ann</i> Example")))

    answer = client.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": content, "title": "A path"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )

    image = SiteImage.objects.get()
    assert f'name="image-{image.pk}-credit" value="Ann Example"' in answer.json()["form"]
    assert 'value="Ann Example"' in client.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
