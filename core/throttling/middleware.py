"""Middleware that limits attempts at secrets."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlsafe_base64_decode

from core.audit.actions import LOG_IN_REFUSED
from core.audit.record import record
from core.http.client import client_address, shortened
from core.throttling import attempts
from core.throttling.devices import remember_device
from core.throttling.secrets import LOGIN, SECRET_FORMS


class AttemptsMiddleware:
    """Middleware that limits attempts at secrets, before the view runs and computes a hash. Placed after Django's
    CSRF middleware, so that requests refused there are not counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            _succeeded(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        form = SECRET_FORMS.get(match.url_name or "") if match else None
        if form is None or request.method != "POST":
            return None
        limits = form.limits(request)
        attempt = attempts.take(limits)
        if attempt.wait:
            return too_many(request, attempt.wait)
        request.counted_attempt = limits  # type: ignore[attr-defined]  # read by `_succeeded`
        if attempt.is_last:
            record(LOG_IN_REFUSED, network=shortened(client_address(request)), details={"form": form.kind})
        return None


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """Return a 429 response that must not be cached, with the seconds to wait in Retry-After, drawn without the
    database."""
    response = render(
        request,
        "429.html",
        {"navigation": None, "minutes": -(-wait // 60)},
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    response.headers["Retry-After"] = str(wait)
    add_never_cache_headers(response)
    return response


def _succeeded(request: HttpRequest, response: HttpResponseBase) -> None:
    """After a redirect, delete the count of the first limit and subtract the attempt from the others, unless
    successes count. Remember the browser after a log-in, or after a password was set with a mailed link."""
    match = request.resolver_match
    if match is None:
        return
    name = match.url_name or ""
    form = SECRET_FORMS.get(name)
    if form and not form.success_counts and (limits := getattr(request, "counted_attempt", ())):
        attempts.forget(limits[:1])
        attempts.give_back(limits[1:])
    if form is LOGIN and request.user.is_authenticated:
        remember_device(request, response, request.user.pk)
    elif name == "wagtailadmin_password_reset_confirm":
        # A password was set with a mailed link, so that this browser belongs to the user.
        pk = urlsafe_base64_decode(match.kwargs["uidb64"]).decode()
        if user := get_user_model().objects.filter(pk=pk, is_active=True).first():
            remember_device(request, response, user.pk)
