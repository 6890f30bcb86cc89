"""Probes for machines: `/healthz` for Docker, `/readyz` for monitoring."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.health.checks import NEEDED_BY_READERS, Result, results
from core.internals.django import constant_time_compare


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that this process runs, without checking other services, as a restart would not repair those."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer `ok`, `degraded` (200: readers are served) or `unavailable` (503: they are not). Requests with
    `Authorization: Bearer <HEALTH_TOKEN>` get JSON with the result of each check; only for them the mail server is
    asked."""
    trusted = has_token(request)
    found = results(ask_mail_server=trusted)
    state = state_of(found)
    status = HTTPStatus.SERVICE_UNAVAILABLE if state == "unavailable" else HTTPStatus.OK
    if not trusted:
        return HttpResponse(f"{state}\n", content_type="text/plain", status=status)
    checks = {
        each.name: {"ok": each.ok, "detail": each.detail, "since": each.since and each.since.isoformat()}
        for each in found
    }
    return JsonResponse({"status": state, "checks": checks}, status=status)


def state_of(found: list[Result]) -> str:
    """Return "unavailable" if a check that readers depend on (NEEDED_BY_READERS) fails, "degraded" if only others
    fail, otherwise "ok"."""
    wrong = {each.name for each in found if not each.ok}
    if wrong & set(NEEDED_BY_READERS):
        return "unavailable"
    return "degraded" if wrong else "ok"


def has_token(request: HttpRequest) -> bool:
    """Return whether the request has HEALTH_TOKEN as bearer token; False if that setting is empty."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    known = settings.HEALTH_TOKEN
    return bool(known) and kind.lower() == "bearer" and constant_time_compare(token.strip(), known)
