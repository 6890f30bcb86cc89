"""Files that an editor uploads and a reader looks for, with nginx before the site and without it."""

import wave
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from core.models import SiteImage
from tests.core import telling_pictures as telling
from tests.functional.helpers import NewContext, log_in

PICTURES = {
    "gps.jpg": telling.jpeg(exif=telling.exif(telling.PERSON), size=(1200, 900)),
    "truncated.jpg": telling.jpeg(size=(1200, 900))[:9000],
    "IMG_0816.HEIC": telling.written(telling.drawing(size=(1200, 900)), "HEIF"),
    "from a messenger": telling.jpeg(size=(640, 480)),
}
MEGABYTE = 1024**2
# Milliseconds: the machine may be busy, and large files travel through nginx to the site.
LONGEST_UPLOAD = 120_000
both_ways = pytest.mark.parametrize("address", ["site", "nginx that sends"], indirect=True)
by_nginx = pytest.mark.parametrize("address", ["nginx that sends"], indirect=True)


@both_ways
def test_damaged_picture__stops_none_that_is_uploaded_with_it(
    new_context: NewContext, address: str, leave_no_trace: None
):
    known = set(SiteImage.objects.values_list("pk", flat=True))
    page = log_in(new_context, "editor", address)
    page.goto(f"{address}/admin/images/multiple/add/")

    files = [FilePayload(name=name, mimeType="", buffer=content) for name, content in PICTURES.items()]
    page.locator("#fileupload").set_input_files(files)

    listed = page.locator("#upload-list > li")
    expect(listed).to_have_count(len(PICTURES))
    done = page.locator("#upload-list > li.upload-complete")
    expect(done).to_have_count(len(PICTURES), timeout=LONGEST_UPLOAD)
    refused = page.locator("#upload-list > li.upload-failure")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("truncated.jpg")
    expect(refused).to_contain_text("The image is incomplete or damaged. Upload it again.")
    expect(page.locator("#upload-list > li.upload-success")).to_have_count(3)
    stored = SiteImage.objects.exclude(pk__in=known)
    assert sorted(stored.values_list("title", "width")) == [
        ("IMG_0816", 1200),
        ("from a messenger", 640),
        ("gps", 1200),
    ]
    for image in stored:
        content = image.file.open("rb").read()
        assert not [marker for marker in telling.MARKERS if marker in content]


@by_nginx
def test_document__of_every_size_is_answered_in_words(
    new_context: NewContext, address: str, leave_no_trace: None, tmp_path: Path
):
    """Below the site's limit, above it, and above that of nginx, which is twice as large."""
    page = log_in(new_context, "editor", address)
    answers = {
        199: "Document 'A long silence' added",
        201: "This file is too big",
        401: "Nothing was stored. An image may have up to",
    }
    for megabytes, words in answers.items():
        page.goto(f"{address}/admin/documents/add/")
        page.get_by_label("Title").fill("A long silence")
        page.locator("input[type=file]").set_input_files(silence(tmp_path / "silence.wav", megabytes))
        page.get_by_role("button", name="Upload").click()
        expect(page.get_by_text(words)).to_be_visible(timeout=LONGEST_UPLOAD)


def silence(file: Path, megabytes: int) -> Path:
    length = megabytes * MEGABYTE
    with wave.open(str(file), "wb") as sound:
        sound.setparams((1, 1, 8000, length, "NONE", ""))
        sound.writeframesraw(bytes(length))
    return file


@both_ways
def test_search__for_a_very_long_text_is_answered(new_context: NewContext, address: str):
    reader = new_context(ignore_https_errors=True).new_page()

    response = reader.goto(f"{address}/ru/search/?q=" + "а" * 9000)

    assert response is not None
    assert response.status == 200
    expect(reader.get_by_role("main")).to_be_visible()
