"""Ask the page cache, and the site behind it, without a server."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

HOST = "localhost"


class Asked:
    """What a server answers."""

    def __init__(self, application: Any, path: str = "/en/news/first/", query: str = "", **environ: Any) -> None:
        self.status = ""
        self.headers: dict[str, str] = {}
        answered = application(environ_of(path, query, **environ), self.start)
        self.body = b"".join(answered)
        if hasattr(answered, "close"):
            answered.close()

    def start(self, status: str, headers: list[tuple[str, str]], *rest: Any) -> None:
        self.status, self.headers = status, dict(headers)

    @property
    def how(self) -> str:
        return self.headers.get("Cache-Status", "")


def environ_of(path: str, query: str = "", **environ: Any) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": HOST,
        "SERVER_NAME": HOST, "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
        "REMOTE_ADDR": "127.0.0.1", **environ,
    }  # fmt: skip


@contextmanager
def connection_stays() -> Iterator[None]:
    """Keep the connection of a test, which Django closes with each request."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
