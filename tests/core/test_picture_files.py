"""What is stored and served of a picture tells nothing but the picture, whichever way it came in."""

import hashlib
import io
import struct
from importlib import import_module
from pathlib import Path
from typing import Literal

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.urls import reverse
from PIL import Image
from wagtail.models import APIToken, Collection, UploadedFile
from wagtail.users.models import UserProfile

from core import work
from core.media.renditions import FILTERS
from core.metadata.pictures import PictureRefused, is_neutral
from core.models import SiteImage
from tests import factories
from tests.core import telling_pictures as telling

pytestmark = pytest.mark.django_db
EVERYTHING = telling.everything()
SCRIPT = {"x-requested-with": "XMLHttpRequest"}
ADMIN_SIZES = ("max-165x165", "max-800x600", "original")


@pytest.fixture(autouse=True)
def _no_remembered_renditions():
    # Wagtail remembers them by the number of their image, which SQLite gives out again.
    caches["default"].clear()


@pytest.fixture
def editor(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def root() -> int:
    return Collection.get_first_root_node().pk


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/octet-stream")


def by_form(client, name, content):
    data = {"title": "A path", "file": upload(name, content), "collection": root()}
    response = client.post(reverse("wagtailimages:add"), data)
    assert response.status_code == 302, response.context["form"].errors


def by_several(client, name, content):
    data = {"title": "A path", "files[]": upload(name, content), "collection": root()}
    answer = client.post(reverse("wagtailimages:add_multiple"), data, headers=SCRIPT)
    assert answer.json()["success"], answer.json()


def by_chooser(client, name, content):
    names = {"title": "A path", "file": upload(name, content), "collection": root()}
    data = {f"image-chooser-upload-{field}": value for field, value in names.items()}
    assert client.post(reverse("wagtailimages_chooser:create"), data).json()["step"] == "chosen"


def by_api(client, name, content):
    _token, key = APIToken.create_token(user=get_user_model().objects.get(is_superuser=True), name="test")
    with override_settings(ROOT_URLCONF="tests.urls_with_api"):
        data = {"file": upload(name, content), "title": "A path", "collection": root()}
        answer = client.post("/api/v3/images/", data, headers={"authorization": f"Bearer {key}"})
    assert answer.status_code == 201, answer.content


def by_code(client, name, content):
    SiteImage.objects.create(title="A path", file=ContentFile(content, name=name))


def by_field(client, name, content):
    image = SiteImage(title="A path")
    image.file.save(name, ContentFile(content), save=False)
    image.save()


def in_bulk(client, name, content):
    SiteImage.objects.bulk_create([SiteImage(title="A path", file=ContentFile(content, name=name))])


WAYS = [by_form, by_several, by_chooser, by_api, by_code, by_field, in_bulk]


def stored(settings) -> list[Path]:
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def assert_tells_nothing(content: bytes) -> None:
    assert [marker for marker in telling.MARKERS if marker in content] == []
    assert telling.PERSON.encode() not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert not dict(picture.getexif())
        assert not {"exif", "xmp", "photoshop", "comment", "icc_profile"} & set(picture.info)


@pytest.mark.parametrize("way", WAYS)
def test_jpeg__is_stored_as_a_master_by_every_way(
    client, editor, settings, way, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        way(client, "IMG_20240816_Malika.jpg", EVERYTHING["IMG_20240816_Malika.jpg"])

    image = SiteImage.objects.get()
    assert (image.width, image.height) == telling.SIZE
    assert image.credit == telling.PERSON
    content = image.file.open("rb").read()
    assert image.file_size == len(content)
    assert image.file_hash == hashlib.sha1(content).hexdigest()
    assert is_neutral(image.file.name)
    for path in stored(settings):
        assert_tells_nothing(path.read_bytes())


@pytest.mark.parametrize("name", EVERYTHING)
def test_picture__carries_nothing_in_any_size(settings, name):
    by_code(None, name, EVERYTHING[name])
    image = SiteImage.objects.get()

    for spec in (*FILTERS, *ADMIN_SIZES):
        image.get_rendition(spec)

    assert len(stored(settings)) == 1 + len([*FILTERS, *ADMIN_SIZES])
    for path in stored(settings):
        assert_tells_nothing(path.read_bytes())


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    return telling.written(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def claiming(
    content: bytes, before: bytes, width: int, height: int, order: Literal["big", "little"] = "big"
) -> bytes:
    """Return a small picture whose header, which stands after these bytes, claims to be a large one."""
    start = content.index(before) + len(before)
    sides = (height, width) if order == "big" else (width, height)
    return content[:start] + b"".join(side.to_bytes(2, order) for side in sides) + content[start + 4 :]


def claiming_boxes(picture: Image.Image, kind: str, width: int, height: int, **options) -> bytes:
    """Return a small AVIF or HEIC that claims to be a large one."""
    content = telling.written(picture, kind, **options)
    small, large = (b"ispe" + struct.pack(">LLL", 0, *size) for size in (picture.size, (width, height)))
    assert small in content
    return content.replace(small, large)


def one_bit_changed(content: bytes, before: bytes) -> bytes:
    """Return the content with another bit in the tenth byte after these."""
    place = content.index(before) + len(before) + 9
    return content[:place] + bytes((content[place] ^ 1,)) + content[place + 1 :]


SMALL = Image.new("RGB", (64, 64))
TRANSPARENT = Image.new("RGBA", (64, 64))
PROGRESSIVE = telling.written(SMALL, "JPEG", progressive=True)
ALL_COLOURS = telling.written(SMALL, "JPEG", progressive=True, subsampling="4:4:4")
REFUSED = {
    "cut in the middle.jpg": (telling.jpeg(size=(1200, 900))[:6000], "incomplete or damaged"),
    "cut at the end.jpg": (telling.jpeg(size=(1200, 900))[:-400], "incomplete or damaged"),
    "cut.png": (EVERYTHING["text.png"][:400], "damaged"),
    "bits changed.png": (one_bit_changed(EVERYTHING["text.png"], b"IDAT"), "damaged"),
    "cut.webp": (EVERYTHING["photo.webp"][:300], "damaged"),
    "cut.avif": (EVERYTHING["photo.avif"][:-100], "damaged"),
    "cut.heic": (EVERYTHING["photo.heic"][:-100], "damaged"),
    "moving.gif": (animated("GIF"), "Animated images"),
    "moving.webp": (animated("WEBP"), "Animated images"),
    "moving.png": (animated("PNG"), "Animated images"),
    "drawing.jpg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "damaged"),
    "script.gif": (b"GIF89a<script>alert(1)</script>", "damaged"),
    "large.png": (telling.written(Image.new("1", (8000, 5100)), "PNG"), "40 million pixels"),
    "larger.jpg": (
        claiming(telling.written(SMALL, "JPEG"), b"\xff\xc0\x00\x11\x08", 10_001, 10_000),
        "100 million pixels",
    ),
    "progressive.jpg": (
        claiming(PROGRESSIVE, b"\xff\xc2\x00\x11\x08", 10_001, 10_000),
        "100 million pixels",
    ),
    "progressive of all colours.jpg": (
        claiming(ALL_COLOURS, b"\xff\xc2\x00\x11\x08", 8000, 7000),
        "53 million pixels",
    ),
    "large.webp": (
        claiming(telling.written(SMALL, "WEBP"), b"\x9d\x01\x2a", 8001, 5000, "little"),
        "40 million pixels",
    ),
    "large.avif": (claiming_boxes(SMALL, "AVIF", 8001, 5000), "40 million pixels"),
    "transparent.avif": (claiming_boxes(TRANSPARENT, "AVIF", 7001, 5000), "34 million pixels"),
    "all colours.avif": (claiming_boxes(SMALL, "AVIF", 7001, 5000, subsampling="4:4:4"), "34 million pixels"),
    "both.avif": (
        claiming_boxes(TRANSPARENT, "AVIF", 7000, 4000, subsampling="4:4:4"),
        "26 million pixels",
    ),
    "both.heic": (claiming_boxes(TRANSPARENT, "HEIF", 7000, 4000, chroma=444), "26 million pixels"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_picture__is_not_stored(client, editor, settings, name):
    content, words = REFUSED[name]
    form = {"title": "A path", "collection": root()}

    single = client.post(reverse("wagtailimages:add"), {**form, "file": upload(name, content)})
    several = client.post(
        reverse("wagtailimages:add_multiple"),
        {**form, "files[]": upload(name, content)},
        headers=SCRIPT,
    )
    with pytest.raises(PictureRefused, match=words):
        by_code(client, name, content)

    assert words in single.context["form"].errors["file"][0]
    assert words in several.json()["error_message"]
    assert not SiteImage.objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored(settings) == []


def test_replaced_file__goes_with_its_sizes(settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        by_code(None, "one.jpg", EVERYTHING["thumbnail.jpeg"])
    image = SiteImage.objects.get()
    before = set(stored(settings))
    assert len(before) == 1 + len(FILTERS)

    image.file = ContentFile(EVERYTHING["photo.webp"], name="two.webp")
    with django_capture_on_commit_callbacks(execute=True):
        image.save()

    after = set(stored(settings))
    assert not before & after
    assert len(after) == 1 + len(FILTERS)
    assert SiteImage.objects.get().file.name.endswith(".webp")


def test_picture_that_cannot_be_saved__leaves_no_file(settings):
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteImage(title=None, file=ContentFile(EVERYTHING["photo.webp"], name="two.webp")).save()

    assert stored(settings) == []


def test_picture_stored_before__is_shown_without_metadata(settings):
    """Until the command has cleaned what is stored."""
    by_code(None, "one.jpg", EVERYTHING["thumbnail.jpeg"])
    image = SiteImage.objects.get()
    path = settings.MEDIA_ROOT / "original_images" / "IMG_Malika.jpg"
    path.write_bytes(EVERYTHING["IMG_20240816_Malika.jpg"])
    SiteImage.objects.update(file="original_images/IMG_Malika.jpg")
    image.refresh_from_db()

    for spec in (*FILTERS, *ADMIN_SIZES):
        assert_tells_nothing(image.get_rendition(spec).file.open("rb").read())


def test_parked_upload__is_a_master(client, editor, settings):
    """Another field is wrong, and the file waits for it."""
    data = {
        "title": "A" * 300,
        "files[]": upload("a.jpg", EVERYTHING["IMG_20240816_Malika.jpg"]),
        "collection": root(),
    }
    answer = client.post(reverse("wagtailimages:add_multiple"), data, headers=SCRIPT).json()

    parked = UploadedFile.objects.get()
    assert is_neutral(parked.file.name)
    for path in stored(settings):
        assert_tells_nothing(path.read_bytes())
    prefix = f"uploaded-image-{parked.pk}"
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[answer["uploaded_file_id"]])
    sent = client.post(address, {f"{prefix}-title": "A path", f"{prefix}-collection": root()})
    assert sent.json()["success"]
    assert_tells_nothing(SiteImage.objects.get().file.open("rb").read())


def test_avatar__is_a_master(client, editor, settings):
    form = {"avatar-avatar": upload("IMG_Malika.jpg", EVERYTHING["IMG_20240816_Malika.jpg"])}
    account = client.get(reverse("wagtailadmin_account")).context
    for panels in account["panels_by_tab"].values():
        for panel in panels:
            for field in panel.get_form():
                form.setdefault(field.html_name, field.value() or "")
    form |= {"name_email-first_name": "Ann", "name_email-last_name": "Example"}

    response = client.post(reverse("wagtailadmin_account"), form)

    assert response.status_code == 302, [
        panel.get_form().errors for panels in response.context["panels_by_tab"].values() for panel in panels
    ]
    avatar = UserProfile.objects.get(user=editor).avatar
    assert "Malika" not in avatar.name
    assert_tells_nothing(avatar.open("rb").read())


@pytest.mark.parametrize("name", ["Malika in Romit.jpg", "Malika_in_Romit.JPG", "IMG-0816 Malika.heic"])
def test_title_from_a_file_name__is_not_in_the_api(client, editor, site, name):
    title = name.rpartition(".")[0]
    data = {
        "title": title,
        "file": upload(name, EVERYTHING["photo.webp"]),
        "collection": root(),
        "shows": "nobody",
    }
    assert client.post(reverse("wagtailimages:add"), {**data, "alt_en": "A river"}).status_code == 302
    image = SiteImage.objects.get()
    factories.ContentPageFactory(parent=factories.SectionPageFactory(parent=site.home), lead_image=image)

    assert "Malika" not in client.get("/api/v2/images/").content.decode()

    values = {"title": "A river", "collection": root(), "shows": "nobody", "alt_en": "A river"}
    client.post(reverse("wagtailimages:edit", args=[image.pk]), values)
    image.refresh_from_db()
    assert not image.title_of_file


def test_images_that_were_there_before__get_the_sizes_that_they_lack(settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        by_code(None, "one.jpg", EVERYTHING["thumbnail.jpeg"])
    image = SiteImage.objects.get()
    image.renditions.filter(filter_spec__startswith="width-700").delete()

    import_module("core.migrations.0025_widths").make_sizes(apps, None)
    work.perform("pictures")

    assert {rendition.filter_spec for rendition in image.renditions.all()} == set(FILTERS)
