"""What pictures take while their masters are made, and what is left of them in memory."""

import gc
import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import pairwise

import pytest
from PIL import Image, PngImagePlugin

from core.metadata.pictures import LONGEST_SIDE, clean_picture


@pytest.fixture
def uncollected():
    """Python looks for no cycles meanwhile: it may not come to that for many requests."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def picture_file(kind: str, mode: str = "RGB", size: tuple[int, int] = (90, 60), **options) -> io.BytesIO:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(file, kind, **options)
    return file


@pytest.mark.parametrize("xmp", [None, "", "<broken", "<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>"])
def test_uploaded_picture__is_gone(uncollected, xmp):
    said = PngImagePlugin.PngInfo()
    if xmp is not None:
        said.add_itxt("XML:com.adobe.xmp", xmp)

    clean_picture(picture_file("PNG", pnginfo=said))

    assert not [each for each in gc.get_objects() if issubclass(type(each), PngImagePlugin.PngImageFile)]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "L"),
        ("WEBP", "RGB"),
        ("BMP", "RGB"),
        ("BMP", "L"),
        ("TIFF", "RGBA"),
    ],
)
@pytest.mark.parametrize("height", [3, 1033, 5121])
def test_large_picture__is_made_smaller_in_strips_that_fit_together(kind, mode, height):
    master = clean_picture(picture_file(kind, mode, (2 * LONGEST_SIDE + 1, height)))
    with Image.open(master) as picture:
        picture.load()
        assert picture.width == LONGEST_SIDE
        assert picture.height == pytest.approx(height / 2, abs=1)
        # A gradient from black to white from the top to the bottom, without a seam.
        column = picture.convert("L").crop((7, 0, 8, picture.height)).tobytes()
    # JPEG and WebP store colours inexactly.
    assert all(below >= above - 3 for above, below in pairwise(column))
    assert (column[0] < 10, column[-1] > 245) == (True, True) or height == 3


UNFINISHED = """
import time
from core.metadata.pictures import clean_picture

class Slow:
    def seek(self, place):
        print("begun", flush=True)
        time.sleep(600)

clean_picture(Slow())
"""


def test_picture__waits_for_that_of_another_process_until_it_ends_or_dies():
    command = [sys.executable, "-c", UNFINISHED]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other, ThreadPoolExecutor() as threads:
        try:
            assert other.stdout.readline() == b"begun\n"
            waiting = threads.submit(clean_picture, picture_file("PNG"))
            assert not wait([waiting], timeout=0.3).done
        finally:
            other.kill()
        assert waiting.result(timeout=60).image_size == (90, 60)
