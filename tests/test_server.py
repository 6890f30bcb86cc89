"""What the server lets through, and what its workers have in common."""

import runpy
from pathlib import Path
from urllib.parse import quote

from django.core.cache import caches
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from site_cms.settings import local

ROOT = Path(__file__).resolve().parent.parent


def test_server__takes_a_search_for_ten_thousand_letters():
    config = Config()
    config.set("limit_request_line", runpy.run_path(str(ROOT / "gunicorn.conf.py"))["limit_request_line"])
    line = f"GET /en/search/?q={quote('м' * 10_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    parts = [line[start : start + 8192] for start in range(0, len(line), 8192)]
    request = next(RequestParser(config, iter(parts), ("127.0.0.1", 1)))
    assert len(request.query) == len("q=") + 60_000


def test_demo__counts_what_the_api_is_asked_for_all_workers_together(client, settings, tmp_path, db):
    shared = {**local.CACHES[local.READING_CACHE], "LOCATION": tmp_path}
    settings.CACHES = {"default": settings.CACHES["default"], "reading": shared}
    settings.READING_CACHE, settings.API_RATE = "reading", "2/min"
    asked = []
    for _worker in range(3):
        # Another worker has nothing in its own memory.
        caches["default"].clear()
        asked.append(client.get("/api/v2/").status_code)
    assert asked == [200, 200, 429]
