"""The state of a session before and after the second factor."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

from core.internals.django import SimpleLazyObject

VERIFIED_AT = "second_factor_verified_at"
RECENT = 15 * 60
"""Seconds after the second factor during which devices can be changed without using it again."""
LOG_INS = {"wagtailadmin_login", "wagtailcore_login"}


class SecondFactorMiddleware:
    """Middleware that sets `request.user` to an anonymous user if the session's user still has to use a second
    factor.

    Replaces django-otp's middleware, which wraps the user twice, while Wagtail's `log()` unwraps it only once.
    Nothing is read until the user is accessed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = SimpleLazyObject(partial(_user_of, request))
        request.user = user  # type: ignore[assignment]  # lazy, like that of Django's middleware
        request.auser = sync_to_async(partial(_resolved, request))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Redirect a GET of the log-in to the second factor if the password was given already; otherwise return
        None."""
        match = request.resolver_match
        if request.method != "GET" or match is None or match.view_name not in LOG_INS or not pending_user(request):
            return None
        return redirect(with_next("second_factor:verify", request.GET.get("next", "")))


def _resolved(request: HttpRequest) -> User | AnonymousUser:
    """Return the user, loaded now, so that a coroutine does not query the database."""
    return request.user if request.user.is_authenticated else AnonymousUser()


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    """Return the session's user, with the device used in `otp_device` (or None). Return AnonymousUser if they
    still have to use a second factor; then `pending_user` of the request is set to them."""
    user = get_user(request)
    if not user.is_authenticated:
        return user
    device = _device_of(request, user)
    user.otp_device = device  # type: ignore[attr-defined]  # as django-otp names it
    # A user of a backend that does not set `needs_factor` needs one.
    if device is None and getattr(user, "needs_factor", True):
        request.pending_user = user  # type: ignore[attr-defined]  # read by `pending_user`
        return AnonymousUser()
    return user


def _device_of(request: HttpRequest, user: User) -> Device | None:
    """Return the device that the session was verified with, if the user still has it; otherwise None."""
    device = Device.from_persistent_id(request.session.get(DEVICE_ID_SESSION_KEY, ""))
    return device if device and device.confirmed and device.user_id == user.pk else None


def pending_user(request: HttpRequest) -> User | None:
    """Return the user who has given their password in this session but not yet the second factor they need; None
    if there is none."""
    return None if request.user.is_authenticated else getattr(request, "pending_user", None)


def person_of(request: HttpRequest) -> User | None:
    """Return the user whose password was given in this session, verified or not; None if none was given."""
    return request.user if request.user.is_authenticated else pending_user(request)


def mark_verified(request: HttpRequest, user: User, device: Device) -> None:
    """Store `device`, which the user has just used or added, and the time in the session under a new key, and set
    `request.user` and its `otp_device`. The user must have given their password in this session: nobody is logged
    in here."""
    request.session.cycle_key()
    request.session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    request.session[VERIFIED_AT] = time.time()
    user.otp_device = device  # type: ignore[attr-defined]  # as django-otp names it
    request.user = user


def is_verified(user: User | AnonymousUser) -> bool:
    """Return whether the user of the session has used a second factor."""
    return getattr(user, "otp_device", None) is not None


def is_recently_verified(request: HttpRequest) -> bool:
    """Return whether a second factor was used or added within the last RECENT seconds in this session."""
    return is_verified(request.user) and time.time() - request.session.get(VERIFIED_AT, 0) < RECENT


def with_next(view_name: str, path: str) -> str:
    """Return the URL of a view, with the parameter `next` if `path` is not empty."""
    return f"{reverse(view_name)}?{urlencode({'next': path})}" if path else reverse(view_name)
