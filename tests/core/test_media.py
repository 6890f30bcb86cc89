from pathlib import Path

import pytest
from django.test import Client


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    for name in ("images/orchard.png", "original_images/orchard.png", "documents/list.pdf", "secret.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"content")
    return tmp_path


def test_media__shows_a_rendition(media: Path):
    response = Client().get("/media/images/orchard.png")

    assert b"".join(response.streaming_content) == b"content"
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("original_images/orchard.png", 404),
        ("documents/list.pdf", 404),
        ("images/", 404),
        ("images/../secret.txt", 400),
    ],
)
def test_media__shows_nothing_else(media: Path, path: str, status: int, db):
    assert Client().get(f"/media/{path}").status_code == status
