"""A client that asks the server as the proxy before it does, with the cookies of one person."""

from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.stress.server import Server
from tests.stress.services import HOST

SECONDS = 300


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Client:
    """Not for several threads at once: `copy()` it, so that each has its own."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    def copy(self) -> "Client":
        return Client(self.server, dict(self.cookies))

    def get(self, path: str, **headers: str) -> Answer:
        """`path` may be a whole address of the server's."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, data: dict[str, object] | list[tuple[str, object]], **headers: str) -> Answer:
        """Send a form. The token against forged requests is added."""
        fields = list(data.items()) if isinstance(data, dict) else list(data)
        fields.append(("csrfmiddlewaretoken", self.cookies.get("csrftoken", "")))
        headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self._ask("POST", path, urlencode(fields).encode(), headers)

    def upload(self, path: str, data: dict[str, object], file: Path, field: str = "file") -> Answer:
        """Send a form with a file. The token against forged requests is added."""
        fields = {**data, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        content = SimpleUploadedFile(file.name, file.read_bytes(), guess_type(file.name)[0] or "")
        body = encode_multipart(BOUNDARY, {**fields, field: content})
        return self._ask("POST", path, body, {"Content-Type": MULTIPART_CONTENT})

    def log_in(self, username: str, password: str = "password") -> None:
        """Raises AssertionError where the server refuses."""
        self.get("/admin/login/")
        answer = self.post("/admin/login/", {"username": username, "password": password, "next": "/admin/"})
        assert answer.status == 302, f"Nobody is logged in as {username}: {answer.status}"

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        parts = urlsplit(path)
        origin = f"https://{HOST}:{self.server.port}"
        sent = {"X-Forwarded-Proto": "https", "Referer": f"{origin}/", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection(HOST, self.server.port, timeout=SECONDS)
        try:
            connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body, sent)
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        for header in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
        return answer
