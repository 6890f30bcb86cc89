"""A CDN knows the tags of pages, and is told to forget them until it confirms."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from core import work
from core.models import RecordedWork
from core.stamps import cdn
from core.stamps.file import places_of
from core.stamps.stamping import stamp


class Cdn(HTTPServer):
    """Answers with `status`, and keeps what it was asked."""

    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Purge)
        self.purged: list[tuple[dict[str, str], list[str]]] = []


class Purge(BaseHTTPRequestHandler):
    server: Cdn

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.purged.append((dict(self.headers.items()), json.loads(body)["tags"]))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server(settings) -> Iterator[Cdn]:
    with Cdn() as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        settings.CDN_PURGE_URL = f"http://127.0.0.1:{made.server_port}/purge"
        settings.CDN_PURGE_TOKEN = "token"
        yield made
        made.shutdown()


def perform() -> None:
    work.perform("stamps")
    work.perform(cdn.WORK)


@pytest.mark.django_db
def test_change__is_purged_by_its_tags(server):
    stamp(["page:1", "page:2"])
    perform()
    ((headers, tags),) = server.purged
    assert tags == cdn.names_of(places_of(["page:1", "page:2"]))
    assert headers["Surrogate-Key"] == " ".join(tags)
    assert headers["Authorization"] == "Bearer token"
    assert not RecordedWork.objects.exists()


@pytest.mark.django_db
def test_purge__is_repeated_until_it_is_confirmed(server):
    server.status = 503
    stamp(["page:1"], removal=True)
    perform()
    assert RecordedWork.objects.filter(name=cdn.WORK).count() == 1
    server.status = 200
    RecordedWork.objects.update(next_at="2024-01-01T00:00:00Z")
    perform()
    assert not RecordedWork.objects.exists()
    assert len(server.purged) == 2


@pytest.mark.django_db
def test_many_tags__are_purged_in_parts(server):
    stamp([f"page:{number}" for number in range(70)])
    perform()
    assert [len(tags) for _headers, tags in server.purged] == [30, 30, 10]
    assert (
        max(len(" ".join(tags)) for _headers, tags in server.purged)
        <= RecordedWork._meta.get_field("key").max_length
    )


@pytest.mark.django_db
def test_response__names_its_tags_to_a_cdn_alone(settings):
    places = places_of(["page:1", "page:2"])
    assert cdn.headers_of(places) == []
    settings.CDN_PURGE_URL = "https://cdn.example/purge"
    headers = dict(cdn.headers_of(places))
    assert headers["Cache-Tag"].split(",") == headers["Surrogate-Key"].split() == cdn.names_of(places)
