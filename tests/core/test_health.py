import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_health__answers_without_a_session(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.django_db
def test_health__says_that_the_database_is_down(monkeypatch):
    def unreachable():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", unreachable)

    response = Client().get("/healthz")

    assert (response.status_code, response.content) == (503, b"database unavailable\n")
