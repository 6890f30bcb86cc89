"""What is answered while PostgreSQL is away, and which errors say that it is."""

import logging
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.test import Client, RequestFactory

from core.helplines.copy import page_path, write_copy
from core.outages.breaker import Breaker
from core.outages.errors import is_outage
from core.outages.logs import WithoutOutages
from core.outages.postgresql import watch
from home.views import unavailable
from tests.helplines import HelplineFactory
from tests.outage_errors import CLOSED, as_django, coded
from tests.scenes import scene

NUMBER = "000-11-11"


def break_home(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*args, **kwargs):
        raise error

    monkeypatch.setattr("home.models.HomePage.get_context", broken)


@scene
def written(site) -> None:
    HelplineFactory(number=NUMBER, texts={"en": {"name": "Listening line"}, "ru": {"name": "Линия доверия"}})
    write_copy()


@pytest.mark.parametrize(
    ("code", "direction", "name"),
    [
        ("en", "ltr", "Listening line"),
        ("ru", "ltr", "Линия доверия"),
        ("tg", "ltr", "Линия доверия"),
        ("fa-af", "rtl", "Listening line"),
    ],
)
def test_page__is_the_one_written_before_in_the_readers_language(
    client, written, monkeypatch, code, direction, name
):
    break_home(monkeypatch, as_django(CLOSED))
    monkeypatch.setattr("home.views.render", None)
    client.raise_request_exception = False

    response = client.get(f"/{code}/")

    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Language"] == code
    assert response["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert f'<html lang="{code}" dir="{direction}">' in response.text
    assert 'href="tel:0001111"' in response.text
    assert name in response.text
    assert not response.cookies


@pytest.mark.parametrize(
    ("path", "accepted", "expected"),
    [
        ("/ru/campaigns/", "en", "ru"),
        ("/admin/pages/", "tg,ru;q=0.5", "tg"),
        ("/documents/1/", "fa-AF", "fa-af"),
        ("/sitemap.xml", "de, ru;q=0.3", "ru"),
        ("/sitemap.xml", "", "en"),
        ("/xx/", "\x00;;;", "en"),
    ],
)
def test_page__where_the_address_names_no_language_is_in_the_browsers(written, path, accepted, expected):
    response = unavailable(RequestFactory().get(path, headers={"accept-language": accepted}))

    assert (response.status_code, response["Content-Language"]) == (503, expected)
    assert f'<html lang="{expected}"' in response.text


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_admin__is_told_as_well(admin_client: Client, written, monkeypatch, method):
    def broken(*args, **kwargs):
        raise as_django(CLOSED)

    monkeypatch.setattr("wagtail.admin.views.home.HomeView.get_context_data", broken)
    monkeypatch.setattr("wagtail.admin.views.home.HomeView.post", broken, raising=False)
    admin_client.raise_request_exception = False

    response = getattr(admin_client, method)("/admin/")

    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_api__answers_in_json(client, written, monkeypatch):
    def broken(*args, **kwargs):
        raise as_django(CLOSED)

    monkeypatch.setattr("home.api.answers.check_values", broken)
    client.raise_request_exception = False

    response = client.get("/api/v2/news/")

    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "10", "no-store")
    assert response.json() == {"message": "Not available at the moment."}


@pytest.mark.parametrize("kept", [True, False])
def test_page__that_was_not_written_is_drawn(client, written, monkeypatch, kept, caplog):
    page_path("ru").unlink()
    if not kept:
        Path(settings.HELPLINE_COPY).unlink()
    break_home(monkeypatch, as_django(CLOSED))
    client.raise_request_exception = False

    response = client.get("/ru/")

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert '<html lang="ru"' in response.text
    assert ("0001111" in response.text) is kept
    assert "The page for outages cannot be read" in caplog.text


@pytest.mark.parametrize(
    "error",
    [
        ProgrammingError("no such column"),
        IntegrityError("duplicate key"),
        OperationalError("no such table"),
        as_django(coded("57014")),
        as_django(coded("40P01")),
        KeyError("page"),
    ],
)
def test_page__of_another_error_is_a_500(client, written, monkeypatch, error):
    break_home(monkeypatch, error)
    client.raise_request_exception = False

    response = client.get("/en/")

    assert response.status_code == 500
    assert "Retry-After" not in response
    assert 'href="tel:0001111"' in response.text


def test_pages__are_written_where_they_differ_alone(written, client):
    before = {path.name: path.stat().st_mtime_ns for path in Path(settings.HELPLINE_COPY).parent.iterdir()}
    assert {f"unavailable.{code}.html" for code in ("en", "ru", "tg", "fa-af")} < before.keys()
    assert not write_copy()
    page_path("tg").write_text("damaged")

    assert write_copy()

    assert "0001111" in page_path("tg").read_text()
    after = {path.name: path.stat().st_mtime_ns for path in Path(settings.HELPLINE_COPY).parent.iterdir()}
    assert [name for name in after if after[name] != before.get(name)] == ["unavailable.tg.html"]


def test_pages__without_collected_static_files_leave_the_copy_written(site, monkeypatch, caplog):
    def missing(*args, **kwargs):
        raise ValueError("Missing staticfiles manifest entry for 'css/site.css'")

    monkeypatch.setattr("core.helplines.copy.render_to_string", missing)
    HelplineFactory(number=NUMBER)

    assert write_copy()

    assert Path(settings.HELPLINE_COPY).is_file()
    assert not page_path("en").exists()
    assert "Missing staticfiles manifest entry" in caplog.text


def followed(error: Exception) -> Exception:
    """Return an error that a handler of the first one ran into."""
    try:
        try:
            raise error
        except Exception:
            raise KeyError("page")  # noqa: B904 - it does not say so
    except KeyError as found:
        return found


@pytest.mark.parametrize(
    "error",
    [
        as_django(CLOSED),
        as_django(psycopg2.InterfaceError("connection already closed"), InterfaceError),
        *(as_django(coded(code)) for code in ("57P01", "57P02", "57P03", "53300", "08006")),
        followed(as_django(CLOSED)),
    ],
)
def test_outage__is_known(error):
    assert is_outage(error)


@pytest.mark.parametrize(
    "error",
    [
        None,
        ValueError("no"),
        OperationalError("database is locked"),
        DatabaseError("no"),
        as_django(psycopg2.ProgrammingError("no"), ProgrammingError),
        *(as_django(coded(code)) for code in ("57014", "55P03", "40001", "53100")),
    ],
)
def test_other_errors__are_no_outage(error):
    assert not is_outage(error)


def test_log__drops_the_errors_of_an_outage_that_was_logged(monkeypatch):
    monkeypatch.setattr(watch, "breaker", Breaker("PostgreSQL", lambda: None))

    def passes(error: Exception) -> bool:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "", (), (type(error), error, None))
        return WithoutOutages().filter(record)

    # One connection alone was lost: nothing else says so.
    assert passes(as_django(CLOSED))
    watch.breaker.open(CLOSED)
    assert not passes(as_django(CLOSED))
    assert passes(ValueError("no"))
    assert passes(as_django(coded("57014")))
