"""What a deployed site writes to its log and sends to Sentry, in a process of its own: logging is set up once."""

import base64
import gzip
import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest

from tests.test_settings import start

SERVE = """
import logging, sys
import django
import psycopg2
django.setup()
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from site_cms import urls

def fault(request):
    secret = "local-mark"
    raise ValueError("said-mark amina@example.org")

def away(request):
    said = "connection to server failed\\nsecond line"
    raise OperationalError(said) from psycopg2.OperationalError(said)

def named(request):
    try:
        raise ValueError('Cannot assign "<Person: Amina Rahimova>": it must be a "Quote" instance.')
    except ValueError as error:
        raise LookupError("Зулфия of “Рӯзи ҷаҳонӣ”") from error

def link(request):
    logging.getLogger("core").warning(
        "mailed amina@example.org https://x.example/admin/password_reset/confirm/MQ/c1-token/ and ?q=%s", "x",
        extra={"user": "user-mark", "request": request})
    return HttpResponse("ok")

views = {"fault": fault, "admin/fault": fault, "away": away, "named": named, "link": link}
urls.urlpatterns[:0] = [path(address, view) for address, view in views.items()]
client = Client(raise_request_exception=False, headers={"host": "www.example.org", "x-forwarded-proto": "https"})
"""
EACH_IN_A_COPY = """
import json, os
for line in sys.stdin:
    code, log = json.loads(line)
    if not (copy := os.fork()):
        os.dup2(os.open(log, os.O_CREAT | os.O_WRONLY), 2)
        exec(code)
        sys.stderr.flush()
        os._exit(0)
    print(os.waitpid(copy, 0)[1], flush=True)
"""


@pytest.fixture(scope="module")
def servers(tmp_path_factory) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Return what starts a server in an environment, unless it runs already: to start takes longer than what is
    asked of it."""
    started: dict[tuple[tuple[str, str], ...], subprocess.Popen[str]] = {}
    folder = tmp_path_factory.mktemp("server")
    (folder / "helpline.json").write_text("{}")
    (folder / "unavailable.en.html").write_text("Away")
    given = {
        "DJANGO_SETTINGS_MODULE": "tests.stress.settings",
        "STRESS_FOLDER": str(folder),
        "HELPLINE_COPY": str(folder / "helpline.json"),
        "LOG_LEVEL": "WARNING",
        "LOG_FORMAT": "text",
    }

    def server(**more: str) -> subprocess.Popen[str]:
        environment = {**given, **more}
        key = tuple(sorted(environment.items()))
        if key not in started:
            started[key] = start("-c", SERVE + EACH_IN_A_COPY, **environment)
        return started[key]

    yield server
    for process in started.values():
        assert process.communicate() == ("", "")


@pytest.fixture
def served(servers, tmp_path):
    """Return what runs code in a server of the given environment, as if it had just started, and returns the lines
    of its log."""
    log = tmp_path / "log"

    def lines(code: str, **more: str) -> list[str]:
        log.unlink(missing_ok=True)
        process = servers(**more)
        process.stdin.write(json.dumps([code, str(log)]) + "\n")
        process.stdin.flush()
        status = process.stdout.readline()
        assert status == "0\n", log.read_text() if status else process.stderr.read()
        return log.read_text().splitlines()

    return lines


def test_foreign_host__is_one_warning(served):
    lines = served("for host in ('evil.example', 'a b', '[::'): client.get('/healthz', headers={'host': host})")
    assert len(lines) == 3
    assert " WARNING django.security.DisallowedHost " in lines[0]
    assert lines[0].endswith("Invalid HTTP_HOST header: 'evil.example'")


def test_outage__is_one_line_a_minute(served):
    code = "for number in range(20): client.get('/away')\n"
    lines = served(code)
    assert len(lines) == 1
    assert "(OperationalError: connection to server failed)" in lines[0]
    later = served(code + "import core.logs.records as r\nr.MINUTE = 0\nclient.get('/away')")
    assert len(later) == 2
    assert later[1].endswith("; 19 more since the last such line")


def test_fault__has_its_traceback_each_time(served):
    lines = served("client.get('/fault'); client.get('/fault')")
    assert sum("ValueError: said-mark [e-mail]" in line for line in lines) == 2
    assert "Traceback (most recent call last):" in lines


def test_json__is_an_object_a_line_with_the_id_of_the_request(served):
    lines = served(
        "client.get('/fault', headers={'x-request-id': 'from-the-proxy-1'})\n"
        "client.get('/link'); client.get('/healthz', headers={'host': 'evil.example'})",
        LOG_FORMAT="json",
    )
    fault, link, foreign = map(json.loads, lines)
    assert (fault["level"], fault["logger"], fault["status_code"]) == ("ERROR", "django.request", 500)
    assert fault["request_id"] == "from-the-proxy-1"
    assert "Traceback" in fault["exc_info"]
    assert set(link) == {"timestamp", "level", "logger", "request_id", "message"}
    assert len({fault["request_id"], link["request_id"], foreign["request_id"]}) == 3


@pytest.mark.parametrize("form", ["text", "json"])
def test_log__names_nobody(served, form):
    sent = "'/admin/fault?q=query-mark', {'name': 'post-mark'}, headers={'cookie': 'a=cookie-mark'}"
    code = f"client.get('/link'); client.post({sent}, REMOTE_ADDR='192.0.2.77')"
    text = "\n".join(served(code, LOG_FORMAT=form))
    for mark in ("amina", "c1-token", "query-mark", "post-mark", "cookie-mark", "192.0.2.77", "user-mark"):
        assert mark not in text
    assert "mailed [e-mail] https://x.example/admin/password_reset/confirm/[link] and" in text


@pytest.mark.parametrize("form", ["text", "json"])
def test_log__says_what_failed_and_not_of_whom(served, form):
    code = "client.get('/named'); logging.getLogger('wagtail').info('Published: \"Amina at home\"')"
    text = "\n".join(served(code, LOG_FORMAT=form, LOG_LEVEL="INFO"))
    assert "LookupError: [words] of" in text
    assert "ValueError: Cannot assign [words]: it must be a" in text
    assert "in named" in text
    for mark in ("Rahimova", "Зулфия", "ҷаҳонӣ", "at home"):
        assert mark not in text


def test_request_id__that_is_not_well_formed_is_replaced(served):
    given = ["short", "x" * 65, "two words of it", "new\\nline-of-log", "<script>alert</script>"]
    lines = served(
        f"for given in {given}:\n"
        "    assert 'X-Request-ID' not in client.get('/link', headers={'x-request-id': given}).headers\n"
        "print(client.get('/link', headers={'x-request-id': 'from-the-proxy-1'}).headers['X-Request-ID'],"
        " client.get('/away').headers['X-Request-ID'], file=sys.stderr)",
        LOG_FORMAT="json",
    )
    *logged, of_proxy, of_failure = [json.loads(line)["request_id"] for line in lines[:-1]]
    assert len(set(logged)) == 5
    assert {len(each) for each in logged} == {32}
    assert lines[-1] == f"{of_proxy} {of_failure}" == f"from-the-proxy-1 {of_failure}"


class Sentry(HTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Envelopes)
        self.events: list[str] = []


class Envelopes(BaseHTTPRequestHandler):
    server: Sentry

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = {"br": brotli.decompress, "gzip": gzip.decompress}[self.headers["Content-Encoding"]](body)
        self.server.events.append(body.decode())
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args) -> None:
        pass


def test_sentry__hears_of_the_fault_and_of_nobody(served):
    basic = base64.b64encode(b"user:basic-mark").decode()
    with Sentry() as sentry:
        threading.Thread(target=sentry.serve_forever, daemon=True).start()
        served(
            "client.post('/admin/fault?q=query-mark', {'name': 'post-mark', 'password': 'post-mark'}, "
            f"headers={{'cookie': 'a=cookie-mark', 'authorization': 'Basic {basic}', 'user-agent': 'agent-mark'}},"
            " REMOTE_ADDR='192.0.2.77')\n"
            "logging.getLogger('core').error('Not mailed to %s', 'amina@x.example', extra={'a': 'extra-mark'})\n"
            "logging.getLogger('core').info('crumb-mark')\n"
            "import sentry_sdk; sentry_sdk.flush(10)",
            SENTRY_DSN=f"http://key@127.0.0.1:{sentry.server_port}/1",
        )
        sentry.shutdown()
    text = "\n".join(sentry.events)
    marks = ["local", "query", "post", "cookie", "basic", "agent", "said", "extra", "crumb"]
    for mark in (*(f"{each}-mark" for each in marks), basic, "amina", "192.0.2.77"):
        assert mark not in text
    assert "ValueError" in text
    assert '"transaction":"/admin/fault"' in text
    assert "Not mailed to %s" in text
    assert '"request_id"' in text


def test_sentry__is_not_loaded_where_none_is_named(served):
    assert served("assert 'sentry_sdk' not in sys.modules") == []
