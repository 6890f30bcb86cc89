"""A film that a reader plays from its middle, with nginx before the site and without it."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from campaigns.models import NewsIndexPage, NewsPage
from tests.factories import DocumentFactory, NewsPageFactory
from tests.functional.helpers import NewContext

FILM = Path(__file__).resolve().parent.parent / "files" / "film.webm"
SECONDS = 60
PLAY_FROM = """(film, seconds) => new Promise((found, failed) => {
    film.addEventListener('error', () => failed(film.error));
    film.addEventListener('loadedmetadata', () => { film.currentTime = seconds; });
    film.addEventListener('seeked', () => {
        film.addEventListener('timeupdate', () => found([film.currentTime, film.seekable.end(0)]));
        film.play();
    });
    film.muted = true;
    film.preload = 'auto';
    film.load();
})"""


@pytest.fixture
def story(leave_no_trace: None) -> NewsPage:
    document = DocumentFactory(title="A bus in a minute", file=ContentFile(FILM.read_bytes(), "film.webm"))
    document.recording.shows = "nobody"
    document.recording.save()
    film = {"title": "A bus in a minute", "file": document, "captions": None, "url": "", "poster": None}
    index = NewsIndexPage.objects.get(locale__language_code="en")
    return NewsPageFactory(parent=index, title="The road", body=[("video", film)])


@pytest.fixture
def reader(new_context: NewContext) -> Page:
    """A browser that takes the certificate of a test."""
    return new_context(ignore_https_errors=True).new_page()


def test_film__is_played_from_its_middle(reader: Page, address: str, story: NewsPage):
    reader.goto(address + story.url)

    played, seekable = reader.locator("video").evaluate(PLAY_FROM, 50)

    assert 50 <= played < SECONDS
    assert abs(seekable - SECONDS) < 1


def test_film__is_played_at_its_own_address(reader: Page, address: str, story: NewsPage):
    reader.goto(address + story.url)
    link = reader.get_by_role("link", name="Download the video")
    with reader.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "A bus in a minute.webm"

    path = link.get_attribute("href")
    assert path is not None
    reader.goto(address + path)
    expect(reader.locator("video")).to_be_visible()
    assert reader.locator("video").evaluate(PLAY_FROM, 50)[0] >= 50
