"""The master of a picture: upright, sRGB, small."""

import io

import pytest
from PIL import Image

from core.metadata.pictures import LONGEST_SIDE, clean_picture
from tests.core import telling_pictures as telling


def red_corner(master: Image.Image) -> tuple[bool, bool]:
    """Whether it is at the right and at the bottom."""
    found = master.convert("RGB")
    right, bottom = found.width - 8, found.height - 8
    corners = {(x > 8, y > 8): found.getpixel((x, y))[0] for x in (8, right) for y in (8, bottom)}
    return max(corners, key=corners.get)


@pytest.mark.parametrize(("orientation", "corner"), [(3, (True, True)), (6, (True, False)), (8, (False, True))])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_orientation__is_applied(kind, orientation, corner):
    picture = telling.drawing()
    picture.info["exif"] = telling.exif(orientation=orientation)
    content = telling.written(picture, kind, exif=picture.info["exif"])

    master = Image.open(clean_picture(io.BytesIO(content)))

    assert (master.width > master.height) == (orientation == 3)
    assert red_corner(master) == corner


def test_colours_of_a_wide_profile__become_srgb():
    picture = Image.new("RGB", (40, 40), (234, 51, 35))  # Display P3, nearly the red of sRGB
    content = telling.written(picture, "JPEG", icc_profile=telling.profile_of_display_p3(), quality=95)

    master = Image.open(clean_picture(io.BytesIO(content)))

    red, green, blue = master.getpixel((20, 20))
    assert red > 250
    assert green < 30
    assert blue < 30


@pytest.mark.parametrize(
    ("content", "mode", "colour"),
    [
        (telling.written(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG"), "RGB", (255, 0, 0)),
        (telling.written(Image.new("I;16", (40, 40), 32768), "PNG"), "L", 128),
        (telling.written(Image.new("LA", (40, 40), (128, 64)), "PNG"), "RGBA", (128, 128, 128, 64)),
        (telling.written(Image.new("1", (40, 40), 1), "PNG"), "L", 255),
        (telling.written(Image.new("RGBA", (40, 40), (9, 9, 9, 0)), "AVIF"), "RGBA", None),
        (telling.written(Image.new("P", (40, 40), 0), "PNG", transparency=0), "RGBA", (0, 0, 0, 0)),
        (telling.written(Image.new("RGB", (40, 40), (0, 0, 0)), "JPEG", icc_profile=b"broken"), "RGB", (0, 0, 0)),
    ],
    ids=["cmyk", "16 bit", "grey with alpha", "1 bit", "avif with alpha", "palette", "broken profile"],
)
def test_colour_mode__becomes_one_that_browsers_show(content, mode, colour):
    master = Image.open(clean_picture(io.BytesIO(content)))

    assert master.mode == mode
    if colour is not None:
        found = master.getpixel((20, 20))
        differences = zip(*(each if isinstance(each, tuple) else (each,) for each in (found, colour)), strict=True)
        assert all(abs(one - other) <= 3 for one, other in differences)


def test_large_picture__is_stored_small():
    master = clean_picture(io.BytesIO(telling.jpeg(size=(4000, 3000))))

    assert Image.open(master).size == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)
