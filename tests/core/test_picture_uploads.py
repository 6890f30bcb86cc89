"""Pictures as an office has them: what is in them counts, not their names, and a damaged one stops no other."""

import io
from pathlib import PurePath
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile

from core.media.renditions import FILTERS
from core.models import SiteImage
from tests import factories
from tests.core import telling_pictures as telling

pytestmark = pytest.mark.django_db

DRAWING = telling.drawing()
JPEG = telling.written(DRAWING, "JPEG")
PNG = telling.written(Image.effect_noise((300, 200), 60).convert("RGB"), "PNG")
HEIC = telling.written(DRAWING, "HEIF")
AVIF = telling.written(DRAWING, "AVIF")
TIFF = telling.written(DRAWING, "TIFF")
PAGES = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "green")]
NAMED = [
    ("IMG_0816.HEIC", HEIC, ".jpg"),
    ("IMG_0816.heif", HEIC, ".jpg"),
    ("IMG_0816.jpg", HEIC, ".jpg"),
    ("photo.avif", AVIF, ".jpg"),
    ("photo.webp", AVIF, ".jpg"),
    ("from-the-web.jfif", JPEG, ".jpg"),
    ("FROM-THE-WEB.JFIF", JPEG, ".jpg"),
    ("photo.heic", JPEG, ".jpg"),
    ("photo", JPEG, ".jpg"),
    ("photo.", JPEG, ".jpg"),
    ("photo.jpg.download", JPEG, ".jpg"),
    ("фото.расм", JPEG, ".jpg"),
    ("screen.jpeg", PNG, ".png"),
    ("screen.docx", PNG, ".png"),
    ("scan.tif", TIFF, ".jpg"),
    ("SCAN.TIFF", TIFF, ".jpg"),
    ("scan.pdf", TIFF, ".jpg"),
    ("screen.bmp", telling.written(DRAWING, "BMP"), ".png"),
    ("logo.png", telling.written(DRAWING, "WEBP"), ".webp"),
    ("logo.jpg", telling.written(DRAWING.convert("P"), "GIF"), ".png"),
]
REFUSED = {
    "changed.png": (PNG[:100] + bytes(500) + PNG[600:], "incomplete or damaged"),
    "without its end.png": (PNG[:-8], "incomplete or damaged"),
    "cut.tif": (TIFF[: len(TIFF) // 2], "damaged"),
    "cut.bmp": (telling.written(DRAWING, "BMP")[:-5000], "damaged"),
    "cut.heic": (HEIC[: len(HEIC) // 2], "damaged"),
    "pages.tif": (
        telling.written(PAGES[0], "TIFF", save_all=True, append_images=PAGES[1:]),
        "Upload it as a PDF document",
    ),
    "text.jpg": (b"What I did last summer", "not an image"),
    "document.heic": (b"%PDF-1.4\n", "not an image"),
    "empty.avif": (b"", "empty"),
}


@pytest.fixture(autouse=True)
def editor(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))


def several(client, name: str, content: bytes) -> dict[str, Any]:
    data = {
        "title": "A path",
        "files[]": SimpleUploadedFile(name, content),
        "collection": Collection.get_first_root_node().pk,
    }
    return client.post(
        reverse("wagtailimages:add_multiple"), data, headers={"x-requested-with": "XMLHttpRequest"}
    ).json()


def single(client, name: str, content: bytes, address: str = "wagtailimages:add", prefix: str = ""):
    values = {
        "title": "A path",
        "file": SimpleUploadedFile(name, content),
        "collection": Collection.get_first_root_node().pk,
    }
    return client.post(reverse(address), {f"{prefix}{key}": value for key, value in values.items()})


def chosen(client, name: str, content: bytes) -> dict[str, Any]:
    answer = single(client, name, content, "wagtailimages_chooser:create", "image-chooser-upload-")
    return answer.json()


@pytest.mark.parametrize(("name", "content", "extension"), NAMED)
def test_picture__is_taken_for_what_is_in_it(client, name, content, extension):
    assert chosen(client, name, content)["step"] == "chosen"
    assert several(client, name, content)["success"]
    assert single(client, name, content).status_code == 302

    images = list(SiteImage.objects.all())
    assert {PurePath(image.file.name).suffix for image in images} == {extension}
    for spec in FILTERS:
        size = images[0].get_rendition(spec)
        with size.file.open("rb") as file, Image.open(file) as picture:
            assert picture.format.lower() == spec.rpartition("-")[2]


@pytest.mark.parametrize("name", REFUSED)
def test_bad_picture__is_refused_in_words_and_stops_no_other(client, settings, name):
    content, words = REFUSED[name]

    answers = [several(client, *file) for file in (("one.jpg", JPEG), (name, content), ("two.heic", HEIC))]

    assert [answer["success"] for answer in answers] == [True, False, True]
    assert words in answers[1]["error_message"]
    assert SiteImage.objects.count() == 2
    assert words in single(client, name, content).context["form"].errors["file"][0]
    shown_again = chosen(client, name, content)
    assert shown_again["step"] == "reshow_creation_form"
    assert words in shown_again["htmlFragment"]
    assert SiteImage.objects.count() == 2
    assert not UploadedFile.objects.exists()
    assert len(list((settings.MEDIA_ROOT / "original_images").iterdir())) == 2


def test_tiff__with_a_small_copy_of_itself_is_one_picture(client):
    """As cameras and programs for photos write them."""
    saved = io.BytesIO()
    small = DRAWING.resize((32, 20))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    DRAWING.save(saved, "TIFF", save_all=True, append_images=[small])

    assert several(client, "photo.tif", saved.getvalue())["success"]
    assert (SiteImage.objects.get().width, SiteImage.objects.get().height) == telling.SIZE


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        (telling.written(Image.new("CMYK", (900, 600), (0, 255, 255, 0)), "JPEG"), (255, 0, 0)),
        (telling.png_of_16_bits((900, 600), (65535, 32768, 0)), (255, 128, 0)),
        (telling.written(Image.new("I;16", (900, 600), 32768), "TIFF"), (128, 128, 128)),
        (telling.heic_of_10_bits((900, 600), (65535, 32768, 0)), (255, 128, 0)),
    ],
    ids=["cmyk", "16 bit png", "16 bit tiff", "10 bit heic"],
)
def test_colours__are_right_in_every_size(client, content, colour):
    assert several(client, "picture", content)["success"]
    image = SiteImage.objects.get()

    for spec in (*FILTERS, "max-165x165", "max-800x600", "original", "fill-600x315|format-jpeg"):
        with image.get_rendition(spec).file.open("rb") as file, Image.open(file) as picture:
            found = picture.convert("RGB").getpixel((20, 20))
        assert all(abs(one - other) <= 4 for one, other in zip(found, colour, strict=True)), spec


def test_upload_of_several__looks_at_no_name_in_the_browser(client):
    page = client.get(reverse("wagtailimages:add_multiple")).content.decode()

    assert page.index("any-file-name.js") < page.index("wagtailimages/js/add-multiple.js")
