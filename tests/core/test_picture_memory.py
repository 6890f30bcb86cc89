"""What is left of a picture in memory when its master is there."""

import gc
import io

import pytest
from PIL import Image, PngImagePlugin
from PIL.ImageFile import ImageFile

from core.metadata.pictures import LONGEST_SIDE, clean_picture


@pytest.fixture
def uncollected():
    """Python looks for no cycles meanwhile: it may not come to that for many requests."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def png(mode: str = "RGB", size: tuple[int, int] = (90, 60), xmp: str | None = None) -> io.BytesIO:
    file, said = io.BytesIO(), PngImagePlugin.PngInfo()
    if xmp is not None:
        said.add_itxt("XML:com.adobe.xmp", xmp)
    Image.linear_gradient("L").resize(size).convert(mode).save(file, "PNG", pnginfo=said)
    return file


@pytest.mark.parametrize("xmp", [None, "", "<broken", "<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>"])
def test_uploaded_picture__is_gone(uncollected, xmp):
    clean_picture(png(xmp=xmp))

    assert not [each for each in gc.get_objects() if issubclass(type(each), ImageFile)]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
@pytest.mark.parametrize("height", [3, 1033, 5121])
def test_large_picture__is_made_smaller_in_strips_that_fit_together(mode, height):
    master = clean_picture(png(mode, (2 * LONGEST_SIDE + 1, height)))
    with Image.open(master) as picture:
        picture.load()
        assert picture.width == LONGEST_SIDE
        assert picture.height == pytest.approx(height / 2, abs=1)
        # A gradient from black to white from the top to the bottom, without a seam.
        column = [picture.convert("L").getpixel((7, row)) for row in range(picture.height)]
    assert column == sorted(column)
    assert (column[0] < 10, column[-1] > 245) == (True, True) or height == 3
