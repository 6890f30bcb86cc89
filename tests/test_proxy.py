"""nginx with the configuration of this project, before a server that says what it was asked."""

import json
import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.stress.services import HOST, NAME, Nginx, SecureConnection, free_port

pytestmark = pytest.mark.skipif(not Nginx.program(), reason="nginx is not installed")
KILOBYTE = 1024


FILM = bytes(range(256)) * 4
SAID = {
    "Cache-Control": "public, no-cache",
    "Content-Disposition": 'inline; filename="A guide.mp4"',
    "Content-Security-Policy": "default-src 'none'",
    "Content-Type": "video/mp4",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What the site says of a file that it has nginx send."""


class Echo(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/media/"):
            self.hand_over()
            return
        length = int(self.headers.get("Content-Length", 0))
        asked = {"path": self.path, "body": len(self.rfile.read(length)), "headers": dict(self.headers)}
        answer = json.dumps(asked).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_HEAD = do_GET

    def hand_over(self) -> None:
        self.send_response(200)
        for name, value in SAID.items():
            self.send_header(name, value)
        self.send_header("X-Accel-Redirect", self.path.replace("/media/", "/stored/"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    with (
        ThreadingHTTPServer((HOST, 0), Echo) as server,
        Nginx(tmp_path_factory.mktemp("nginx"), server.server_port) as nginx,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (nginx.folder / "media" / "documents").mkdir(parents=True)
        for name in ("film.mp4", "a film, фильм & more.mp4"):
            (nginx.folder / "media" / "documents" / name).write_bytes(FILM)
        yield nginx
        server.shutdown()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """Before a server that is not there."""
    folder = tmp_path_factory.mktemp("alone")
    for code in ("en", "tg", "fa-af"):
        (folder / f"unavailable.{code}.html").write_text(f"The helpline in {code}")
    with Nginx(folder, free_port()) as nginx:
        yield nginx


def raw(nginx: Nginx, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    connection = SecureConnection(HOST, nginx.port, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()


def ask(nginx: Nginx, path: str, method: str = "GET", body: bytes = b"", host: str = NAME, **headers: str):
    connection = SecureConnection(HOST, nginx.port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, {"Host": host, **named})
    response = connection.getresponse()
    return response, response.read().decode()


def asked(nginx: Nginx, path: str = "/en/", **arguments) -> dict[str, Any]:
    response, text = ask(nginx, path, **arguments)
    assert response.status == 200, text
    return json.loads(text)


def plain(nginx: Nginx, path: str, host: str) -> HTTPResponse:
    connection = HTTPConnection(HOST, nginx.plain_port, timeout=30)
    connection.request("GET", path, headers={"Host": host})
    return connection.getresponse()


def test_http__leads_to_https(nginx):
    response = plain(nginx, "/en/news/?q=a", NAME)

    assert (response.status, response.headers["Location"]) == (308, f"https://{NAME}/en/news/?q=a")


def test_certificate__is_proved_by_http(nginx):
    (nginx.folder / "acme/.well-known/acme-challenge").mkdir(parents=True)
    (nginx.folder / "acme/.well-known/acme-challenge/token").write_text("proof")

    assert plain(nginx, "/.well-known/acme-challenge/token", NAME).read() == b"proof"


def test_another_name__is_not_answered(nginx):
    with pytest.raises(RemoteDisconnected):
        plain(nginx, "/", "another.example")


def test_client__cannot_say_what_the_proxy_says(nginx):
    claimed = {"X_Forwarded_For": "1.2.3.4", "X_Forwarded_Proto": "http", "X_Forwarded_Host": "evil.example"}
    headers = asked(nginx, X_Request_ID="forged-forged", **claimed)["headers"]

    assert headers["X-Forwarded-For"] == f"1.2.3.4, {HOST}"
    assert headers["X-Forwarded-Proto"] == "https"
    assert "X-Forwarded-Host" not in headers
    assert re.fullmatch("[0-9a-f]{32}", headers["X-Request-ID"])
    assert headers["Host"] == NAME


def test_search__for_10000_letters_arrives(nginx):
    path = "/ru/search/?q=" + "%D0%B0" * 10_000

    assert asked(nginx, path)["path"] == path


@pytest.mark.parametrize(("megabytes", "status"), [(20, 200), (401, 413)])
def test_upload__that_the_site_may_want_arrives(nginx, megabytes, status):
    connection = SecureConnection(HOST, nginx.port, timeout=60)
    connection.putrequest("POST", "/admin/documents/add/")
    connection.putheader("Content-Length", str(megabytes * KILOBYTE**2))
    connection.endheaders()
    if status == 200:
        for _time in range(megabytes):
            connection.send(bytes(KILOBYTE**2))

    response = connection.getresponse()
    assert response.status == status
    if status == 413:
        # The words for it are the site's.
        instead = json.loads(response.read())
        assert (instead["path"], instead["body"]) == ("/too-large/", 0)
        assert instead["headers"]["X-Forwarded-Proto"] == "https"


def test_host__keeps_its_port(nginx):
    for host in (NAME, f"{NAME}:8443"):
        assert asked(nginx, host=host)["headers"]["Host"] == host


@pytest.mark.parametrize("path", ["film.mp4", "a%20film%2C%20%D1%84%D0%B8%D0%BB%D1%8C%D0%BC%20%26%20more.mp4"])
def test_stored_file__is_sent_by_nginx_as_the_site_says(nginx, path):
    response = raw(nginx, f"/media/documents/{path}")

    assert (response.status, response.read()) == (200, FILM)
    assert {name: response.headers.get(name) for name in SAID} == SAID
    assert response.headers["Accept-Ranges"] == "bytes"
    assert "X-Accel-Redirect" not in response.headers


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=1000-", 206, slice(1000, None)),
        ("bytes=-4", 206, slice(-4, None)),
        ("bytes=1024-", 416, None),
        ("lines=0-1", 200, slice(0, None)),
    ],
)
def test_stored_file__is_sent_in_parts(nginx, asked, status, part):
    response = raw(nginx, "/media/documents/film.mp4", Range=asked)

    assert response.status == status
    if part:
        assert response.read() == FILM[part]
        assert {name: response.headers.get(name) for name in SAID} == SAID
    if status == 416:
        assert response.headers["Content-Range"] == f"bytes */{len(FILM)}"


def test_stored_file__is_asked_for_again(nginx):
    first = raw(nginx, "/media/documents/film.mp4")
    state = first.headers["ETag"]

    assert raw(nginx, "/media/documents/film.mp4", If_None_Match=state).status == 304
    assert raw(nginx, "/media/documents/film.mp4", Range="bytes=0-1", If_Range=state).status == 206
    assert raw(nginx, "/media/documents/film.mp4", Range="bytes=0-1", If_Range='"older"').status == 200
    assert raw(nginx, "/media/documents/film.mp4", "HEAD").headers["Content-Length"] == str(len(FILM))


@pytest.mark.parametrize(
    "path", ["/stored/documents/film.mp4", "/stored/../stored/documents/film.mp4", "/%73tored/documents/film.mp4"]
)
def test_stored_files__are_at_no_address(nginx, path):
    response = raw(nginx, path)

    assert response.status == 404
    assert FILM not in response.read()


def test_slow_clients__keep_nobody_waiting(nginx):
    slow = [socket.create_connection((HOST, nginx.plain_port)) for _client in range(40)]
    for client in slow:
        client.sendall(b"POST / HTTP/1.1\r\nHost: ")
    began = time.monotonic()

    assert asked(nginx)["path"] == "/en/"
    assert time.monotonic() - began < 5
    for client in slow:
        client.close()


@pytest.mark.parametrize(
    ("path", "code"), [("/tg/news/", "tg"), ("/fa-af/", "fa-af"), ("/xx/", "en"), ("/", "en"), ("/en", "en")]
)
def test_no_answer__is_the_page_with_the_helpline(alone, path, code):
    response, text = ask(alone, path)

    assert (response.status, text) == (503, f"The helpline in {code}")
    assert response.headers["Content-Type"].startswith("text/html")
    assert (response.headers["Retry-After"], response.headers["Cache-Control"]) == ("10", "no-store")


def test_pages_for_outages__are_at_no_address(alone):
    (alone.folder / "journal.jsonl").write_text("secret")
    for path in ("/journal.jsonl", "/unavailable.tg.html", "/../journal.jsonl", "/tg/../journal.jsonl"):
        response, text = ask(alone, path)
        assert response.status in (400, 503)
        assert "secret" not in text


def test_readers__are_noted_nowhere(nginx):
    asked(nginx, "/en/a-word-that-nobody-keeps/")

    files = [Path(folder) / name for folder, _folders, names in os.walk(nginx.folder) for name in names]
    assert files
    assert not [path for path in files if b"a-word-that-nobody-keeps" in path.read_bytes()]
