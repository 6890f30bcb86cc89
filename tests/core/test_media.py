import datetime
import pickle
import pickletools
import re
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, reverse

from core.models import SiteRendition
from tests import factories

TODAY = datetime.date(2024, 8, 16)
VALIDATED = "public, no-cache"


@pytest.fixture
def picture(site, settings):
    """A rendition that a story shows, its original and other things that were uploaded."""
    # Wagtail remembers renditions by the number of their image, which SQLite gives out again.
    caches["default"].clear()
    image = factories.SiteImageFactory(people=True)
    factories.NewsPageFactory(parent=site.news_index, lead_image=image)
    made = image.get_rendition("width-400|format-webp")
    for name in ("documents/list.pdf", "images/stray.png", "secret.txt"):
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"content")
    return made


def withdraw(picture) -> None:
    picture.image.consent_withdrawn = TODAY
    picture.image.save()


def answer(client, address: str, **headers) -> tuple[Any, ...]:
    """All that an answer tells."""
    response = client.get(address, headers=headers)
    return response.status_code, response.content, sorted(response.headers.items())


def test_media__shows_a_rendition_with_one_query(client, picture, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(picture.url)

    assert b"".join(response.streaming_content) == picture.file.open("rb").read()
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == VALIDATED
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    assert client.head(picture.url)["Content-Length"] == str(picture.file.size)


def test_cached_rendition__names_only_what_stays(picture):
    """The cache outlives an upgrade, so a class that its pickles name keeps its module."""
    image = type(picture.image).objects.get(pk=picture.image.pk)
    cached = image.get_rendition("width-200|format-webp")
    named = {text for _code, text, _at in pickletools.genops(pickle.dumps(cached)) if isinstance(text, str)}

    assert {name for name in named if name.startswith("core.")} == {"core.metadata.picture_files"}


@pytest.mark.parametrize(("sent", "said"), [("If-Modified-Since", "Last-Modified"), ("If-None-Match", "ETag")])
def test_media__answers_conditional_requests(client, picture, sent, said, django_assert_num_queries):
    condition = {sent: client.get(picture.url)[said]}

    with django_assert_num_queries(1):
        response = client.get(picture.url, headers=condition)
    assert (response.status_code, response["Cache-Control"]) == (304, VALIDATED)
    withdraw(picture)
    assert client.get(picture.url, headers=condition).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"consent_withdrawn": TODAY},
        {"consent_until": TODAY},
        {"consent_scope": "internal"},
        {"consent_reference": ""},
    ],
)
def test_media__without_consent_a_rendition_was_never_there(client, picture, change, django_assert_num_queries):
    for name, value in change.items():
        setattr(picture.image, name, value)
    picture.image.save()

    with django_assert_num_queries(1):
        found = answer(client, picture.url)

    assert found[0] == 404
    assert ("Cache-Control", "no-store") in found[2]
    assert found == answer(client, "/media/images/AAAAAAAAAAAAAAAAAAAAAA.webp")


def test_media__without_consent_it_is_seen_in_the_admin_alone(client, picture):
    withdraw(picture)
    client.force_login(factories.UserFactory())
    assert answer(client, picture.url) == answer(client, "/media/images/nothing.webp")
    assert client.get(picture.url).status_code == 404

    client.force_login(factories.UserFactory(is_superuser=True))
    response = client.get(picture.url)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response


def test_media__has_no_address_for_originals(client, picture):
    name = picture.image.file.name.removeprefix("original_images/")
    client.force_login(factories.UserFactory(is_superuser=True))
    for path in (picture.image.file.name, f"images/../{picture.image.file.name}", f"images/{name}"):
        assert client.get(f"/media/{path}").status_code == 404


NOWHERE = [
    "documents/list.pdf",
    "",
    "images/",
    "images/stray.png",
    "images/../secret.txt",
    "images/./stray.png",
    "images/..%2fsecret.txt",
    "%2e%2e/%2e%2e/etc/passwd",
    "images/%00",
    "%00",
    "images/stray.png%00.webp",
    "images/%0A",
    "images/%FF%FE.webp",
    "images/" + "a" * 5000 + ".webp",
    "images/\N{ARABIC LETTER ALEF}.webp",
]


@pytest.mark.parametrize("path", NOWHERE)
def test_media__shows_nothing_else(picture, path):
    never = answer(Client(), "/media/images/AAAAAAAAAAAAAAAAAAAAAA.webp")

    assert answer(Client(), f"/media/{path}") == never
    assert never[0] == 404


@pytest.mark.parametrize(
    "change", [lambda url: url[:-5], lambda url: f"{url[:-5]}.jpg", lambda url: f"{url}/", str.upper, str.swapcase]
)
def test_media__knows_a_rendition_by_its_whole_name(client, picture, change):
    assert client.get(change(picture.url), follow=True).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-1"},
        {"If-None-Match": "*"},
        {"If-Match": "*"},
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"},
        {"Accept-Encoding": "gzip"},
    ],
)
def test_media__withdrawn_is_as_never_there_whatever_is_asked(client, picture, headers):
    withdraw(picture)

    found = answer(client, picture.url, **headers)

    assert found == answer(client, "/media/images/AAAAAAAAAAAAAAAAAAAAAA.webp", **headers)
    assert found[0] == 404
    assert client.head(picture.url, headers=headers).status_code == 404


def test_media__a_cookie_of_nobody_tells_nothing_of_what_is_hidden(picture):
    withdraw(picture)

    def cookies(address: str) -> tuple:
        client = Client()
        client.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz012345"
        response = client.get(address)
        return response.status_code, response.get("Vary"), response.cookies.output()

    assert cookies(picture.url) == cookies("/media/images/nothing.webp")


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=3-", 206, slice(3, None)),
        ("bytes=-4", 206, slice(-4, None)),
        ("bytes=0-99999999", 206, slice(0, None)),
        ("bytes=99999999-", 416, slice(0, 0)),
        ("bytes=5-2", 200, slice(0, None)),
        ("bytes=0-1,3-4", 200, slice(0, None)),
        ("bytes=-", 200, slice(0, None)),
        ("lines=0-1", 200, slice(0, None)),
        ("Bytes= 0-1 ,", 206, slice(0, 2)),
        ("bytes=0-18446744073709551615", 206, slice(0, None)),
        ("bytes=-99999999", 206, slice(0, None)),
        ("bytes=-0", 416, slice(0, 0)),
        ("bytes=" + "9" * 5000 + "-", 200, slice(0, None)),
        ("bytes=\N{ARABIC-INDIC DIGIT ONE}-2", 200, slice(0, None)),
    ],
)
def test_media__sends_a_part_of_a_file(client, picture, asked, status, part):
    whole = picture.file.open("rb").read()

    response = client.get(picture.url, headers={"Range": asked, "Accept-Encoding": "gzip"})

    assert response.status_code == status
    assert b"".join(response) == whole[part]
    assert response["Cache-Control"] == VALIDATED
    assert "Content-Encoding" not in response


def test_media__sends_the_whole_where_a_part_is_of_an_older_state(client, picture):
    now = client.get(picture.url)

    def status(state: str) -> int:
        return client.get(picture.url, headers={"Range": "bytes=0-1", "If-Range": state}).status_code

    assert [status(now["ETag"]), status(now["Last-Modified"])] == [206, 206]
    assert {status(state) for state in ('"older"', f"W/{now['ETag']}", "Sat, 01 Jan 2000 00:00:00 GMT")} == {200}


def test_media__has_parts_for_get_alone(client, picture):
    head = client.head(picture.url, headers={"Range": "bytes=0-1"})

    assert (head.status_code, head["Content-Length"]) == (200, str(picture.file.size))
    assert head["Accept-Ranges"] == "bytes"


def test_part__of_a_withdrawn_picture_is_sent_to_nobody(client, picture):
    known = client.get(picture.url)["ETag"]
    withdraw(picture)

    for state in (known, "", '"older"'):
        response = client.get(picture.url, headers={"Range": "bytes=0-1", "If-Range": state})
        assert (response.status_code, response.content) == (404, b"Not Found")


def test_media__behind_nginx_names_the_file_that_nginx_sends(client, picture, settings):
    settings.X_ACCEL_REDIRECT = True

    response = client.get(picture.url, headers={"Range": "bytes=0-1"})

    assert response["X-Accel-Redirect"] == f"/stored/{picture.file.name}"
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"", "image/webp")
    assert response["Cache-Control"] == VALIDATED
    withdraw(picture)
    assert "X-Accel-Redirect" not in client.get(picture.url)
    client.force_login(factories.UserFactory(is_superuser=True))
    seen_in_the_admin = client.get(picture.url)
    assert "X-Accel-Redirect" not in seen_in_the_admin
    assert b"".join(seen_in_the_admin) == picture.file.open("rb").read()


def test_media__whose_bytes_are_lost_is_not_there(client, picture):
    picture.file.storage.delete(picture.file.name)
    assert client.get(picture.url).status_code == 404


def test_rendition__has_a_name_that_nobody_can_guess(picture):
    image = picture.image
    names = {image.get_rendition(f"width-{width}|format-jpeg").file.name for width in range(10, 15)}

    assert len(names) == 5
    assert SiteRendition.objects.filter(image=image).count() > 5
    for name in names:
        assert re.fullmatch(r"images/[A-Za-z0-9_-]{22}\.jpg", name)


@pytest.mark.parametrize("name", ["wagtailimages_serve", "wagtailimages:serve"])
def test_wagtails_own_view_of_images__has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name, args=["a" * 28, 1, "original"])


@pytest.mark.parametrize("name", ["preview", "url_generator", "edit"])
def test_wagtails_views_of_images__are_for_the_admin(client, picture, name):
    args = {"preview": [picture.image.pk, "original"]}
    response = client.get(reverse(f"wagtailimages:{name}", args=args.get(name, [picture.image.pk])))
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")
