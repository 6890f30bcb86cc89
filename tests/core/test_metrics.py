"""What Prometheus is told, and that nobody else is."""

import pytest
from django.test import Client

from core.health import heartbeats
from core.health.metrics import MetricsMiddleware
from core.models import RecordedWork

TOKEN = "a token of thirty-two characters"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _measured(settings):
    settings.METRICS, settings.HEALTH_TOKEN = True, TOKEN
    settings.MIDDLEWARE = [f"{MetricsMiddleware.__module__}.MetricsMiddleware", *settings.MIDDLEWARE]


def told() -> str:
    answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_metrics__count_requests_without_their_addresses():
    for path in ("/healthz", "/healthz?q=somebody", "/nowhere-mark/"):
        Client().get(path)
    Client().generic("SMUGGLE-MARK", "/healthz")
    text = told()
    assert 'site_requests_total{method="GET",status="200"}' in text
    assert 'site_requests_total{method="GET",status="404"}' in text
    assert 'site_requests_total{method="other"' in text
    assert 'site_request_seconds_count{view="healthz"}' in text
    assert "mark" not in text.lower()
    assert "somebody" not in text


def test_metrics__tell_what_waits():
    heartbeats.beat(heartbeats.WORKER)
    RecordedWork.objects.create(name="search_entries", key="1", attempts=1)
    text = told()
    assert 'site_works{part="worker"} 1.0' in text
    assert 'site_works{part="scheduler"} 0.0' in text
    assert 'site_silent_seconds{process="worker"}' in text
    assert 'site_recorded_work_failing{name="search_entries"} 1.0' in text
    assert "site_mails_queued 0.0" in text
    assert "site_disk_free_bytes{folder=" in text


@pytest.mark.parametrize("sent", [{}, {"authorization": "Bearer wrong"}, {"authorization": "Bearer "}])
def test_strangers__find_nothing(sent):
    assert Client().get("/metrics", headers=sent).status_code == 404


def test_metrics__that_are_not_wanted_are_not_there(settings):
    settings.METRICS = False
    assert Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 404
