"""The master of a picture: upright, sRGB, small."""

import io
from typing import Any

import pytest
import pyvips
from PIL import Image

from core.metadata.pictures import LONGEST_SIDE, clean_picture
from tests.core import telling_pictures as telling


def red_corner(master: Image.Image) -> tuple[bool, bool]:
    """Whether it is at the right and at the bottom."""
    found = master.convert("RGB")
    right, bottom = found.width - 8, found.height - 8
    pixel: Any = found.getpixel
    corners = {(x > 8, y > 8): pixel((x, y))[0] for x in (8, right) for y in (8, bottom)}
    return max(corners, key=corners.__getitem__)


def gradient(mode: str, grey: float) -> Image.Image:
    """Half as bright in its middle as at its brightest."""
    picture = Image.new(mode, (40, 40), grey)
    picture.putpixel((0, 0), 2 * grey - (mode == "I"))
    return picture


@pytest.mark.parametrize(("orientation", "corner"), [(3, (True, True)), (6, (True, False)), (8, (False, True))])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF"])
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


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_inks__have_the_colours_of_their_profile(kind):
    picture = Image.new("CMYK", (40, 40), (255, 0, 0, 0))
    content = telling.written(picture, kind, icc_profile=telling.profile_of_a_press())

    red, green, blue = Image.open(clean_picture(io.BytesIO(content))).getpixel((20, 20))

    # Without it 0, 255, 255: the cyan of screens.
    assert green > red + 60
    assert green > blue + 60


@pytest.mark.parametrize(
    ("content", "mode", "colour"),
    [
        (telling.written(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG"), "RGB", (255, 0, 0)),
        (telling.written(Image.new("I;16", (40, 40), 32768), "PNG"), "L", 128),
        (telling.png_of_16_bits((40, 40), (65535, 32768, 0)), "RGB", (255, 128, 0)),
        (telling.written(Image.new("I;16", (40, 40), 32768), "TIFF"), "L", 128),
        (telling.written(Image.new("I;16B", (40, 40), 32768), "TIFF"), "L", 128),
        (telling.written(gradient("F", 0.5), "TIFF"), "L", 128),
        (telling.written(gradient("I", 1 << 30), "TIFF"), "L", 128),
        (telling.written(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "TIFF"), "RGB", (255, 0, 0)),
        (telling.written(Image.new("LAB", (40, 40), (255, 128, 128)), "TIFF"), "RGB", (255, 255, 255)),
        (telling.heic_of_10_bits((64, 64), (65535, 32768, 0)), "RGB", (255, 128, 0)),
        (telling.written(Image.new("RGB", (40, 40), (255, 128, 0)), "BMP"), "RGB", (255, 128, 0)),
        (telling.written(Image.new("LA", (40, 40), (128, 64)), "PNG"), "RGBA", (128, 128, 128, 64)),
        (telling.written(Image.new("1", (40, 40), 1), "PNG"), "L", 255),
        (telling.written(Image.new("RGBA", (40, 40), (9, 9, 9, 0)), "AVIF"), "RGBA", None),
        (telling.written(Image.new("P", (40, 40), 0), "PNG", transparency=0), "RGBA", (0, 0, 0, 0)),
        (telling.written(Image.new("RGB", (40, 40), (0, 0, 0)), "JPEG", icc_profile=b"broken"), "RGB", (0, 0, 0)),
    ],
    ids=[
        *("cmyk", "16 bit", "16 bit colours", "16 bit tiff", "16 bit tiff of a mac", "float tiff", "32 bit tiff"),
        *("cmyk tiff", "lab tiff", "10 bit heic", "bmp"),
        *("grey with alpha", "1 bit", "avif with alpha", "palette", "broken profile"),
    ],
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


def test_metadata_behind_the_pixels_of_a_png__is_read():
    content = telling.written(telling.drawing(), "PNG")
    end = content.index(b"IEND") - 4
    turned = telling.chunk_of_png(b"eXIf", telling.exif(orientation=6).removeprefix(b"Exif\0\0"))
    author = telling.chunk_of_png(b"tEXt", b"Author\0" + telling.PERSON.encode())

    master = clean_picture(io.BytesIO(content[:end] + turned + author + content[end:]))

    assert master.credit == telling.PERSON
    assert master.image_size == telling.SIZE[::-1]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_interlaced_png__becomes_a_master(mode):
    picture = telling.drawing(mode)
    source = pyvips.Image.new_from_memory(picture.tobytes(), *picture.size, len(mode), "uchar")
    content = source.copy(interpretation="srgb").pngsave_buffer(interlace=True)

    assert red_corner(Image.open(clean_picture(io.BytesIO(content)))) == (False, False)
