"""Metrics for Prometheus: counts and durations of requests, and the current state of the site."""

import os
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from core import work
from core.health import heartbeats
from core.health.checks import NEEDED_BY_READERS, results
from core.health.views import has_token
from core.mail.models import QueuedMail
from core.media import disk

METHODS = {"GET", "HEAD", "POST", "OPTIONS"}

ANSWERED = Counter("site_requests", "Requests that were answered", ["method", "status"])
SECONDS = Histogram(
    "site_request_seconds",
    "Seconds from a request to its answer, by the name of the view",
    ["view"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


STORED = Counter("site_stored_pages", "Responses of the page cache, which are no requests to the site", ["how"])


def count_stored(how: str) -> None:
    """Count a response of the page cache by how it was found (`Cache-Status`)."""
    STORED.labels(how).inc()


class MetricsMiddleware:
    """Middleware that counts requests by method and status, and times them by view. Labels are names of views and
    not paths, as paths may name people and their number is unlimited."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        SECONDS.labels(match.view_name if match else "-").observe(time.perf_counter() - started)
        method = request.method if request.method in METHODS else "other"
        ANSWERED.labels(method, str(response.status_code)).inc()
        return response


class State(Collector):
    """A collector that yields the current state of the site whenever it is read."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        found = results()
        works = GaugeMetricFamily("site_works", "1 where a part of the site works", labels=["part"])
        for each in found:
            works.add_metric([each.name], float(each.ok))
        yield works
        free = GaugeMetricFamily("site_disk_free_bytes", "Free space", labels=["folder"])
        for space in disk.spaces():
            free.add_metric([str(space.folder)], space.free)
        yield free
        if all(each.ok for each in found if each.name in NEEDED_BY_READERS):
            yield from _in_database()


def _in_database() -> Iterator[GaugeMetricFamily]:
    """Yield the metrics that are read from the database: heartbeats, recorded work, tasks and queued mails."""
    now = timezone.now()
    silent = GaugeMetricFamily("site_silent_seconds", "Since a process was last known to run", labels=["process"])
    for name, at in heartbeats.last_beats().items():
        silent.add_metric([name], (now - at).total_seconds())
    yield silent
    waits = GaugeMetricFamily("site_recorded_work", "Keys of recorded work that wait", labels=["name"])
    fails = GaugeMetricFamily("site_recorded_work_failing", "Keys that have failed", labels=["name"])
    since = GaugeMetricFamily("site_recorded_work_seconds", "How long the oldest waits", labels=["name"])
    for each in work.waiting():
        waits.add_metric([each.name], each.keys)
        fails.add_metric([each.name], each.failing)
        since.add_metric([each.name], (now - each.oldest).total_seconds())
    yield from (waits, fails, since)
    yield GaugeMetricFamily(
        "site_tasks_waiting", "Tasks for the worker", value=DBTaskResult.objects.ready().count()
    )
    yield GaugeMetricFamily("site_mails_queued", "Mails not delivered", value=QueuedMail.objects.count())


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the metrics and the state of the site in Prometheus' text format. With PROMETHEUS_MULTIPROC_DIR set,
    the metrics are those of all processes. Raise Http404 if METRICS is off or HEALTH_TOKEN is not sent."""
    if not settings.METRICS or not has_token(request):
        raise Http404
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library does not type it
        parts = [generate_latest(registry)]
    else:
        parts = [generate_latest(REGISTRY)]
    state = CollectorRegistry()
    state.register(State())
    return HttpResponse(b"".join([*parts, generate_latest(state)]), content_type=CONTENT_TYPE_LATEST)
