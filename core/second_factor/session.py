"""What a session may do before and after the second factor."""

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
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

VERIFIED_AT = "second_factor_verified_at"
RECENT = 15 * 60
"""Seconds after the second factor within which it is not asked for again before a change of devices."""
LOG_INS = {"wagtailadmin_login", "wagtailcore_login"}


class SecondFactorMiddleware:
    """Makes a session anonymous whose user needs a second factor and has not given it, for every view behind.

    Stands in place of django-otp's middleware: this one wraps the user once, that one twice, and Wagtail's `log()`
    unwraps once. Nothing is read until a view asks for the user.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_user_of, request))
        request.auser = sync_to_async(partial(_resolved, request))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Whoever is anonymous is sent to one of the log-ins, and from there on to the second factor."""
        if request.method != "GET" or request.resolver_match.view_name not in LOG_INS or not pending_user(request):
            return None
        return redirect(with_next("second_factor:verify", request.GET.get("next", "")))


def _resolved(request: HttpRequest) -> User | AnonymousUser:
    """Ask for the user now, not later in a coroutine."""
    return request.user if request.user.is_authenticated else AnonymousUser()


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    user = get_user(request)
    if not user.is_authenticated:
        return user
    user.otp_device = _device_of(request, user)
    # Of a backend that does not say it the answer is no way in.
    if user.otp_device is None and getattr(user, "needs_factor", True):
        request.pending_user = user
        return AnonymousUser()
    return user


def _device_of(request: HttpRequest, user: User) -> Device | None:
    device = Device.from_persistent_id(request.session.get(DEVICE_ID_SESSION_KEY, ""))
    return device if device and device.confirmed and device.user_id == user.pk else None


def pending_user(request: HttpRequest) -> User | None:
    """Return who has given their password in this session and not yet their second factor."""
    return None if request.user.is_authenticated else getattr(request, "pending_user", None)


def person_of(request: HttpRequest) -> User | None:
    """Return whose password this session was opened with."""
    return request.user if request.user.is_authenticated else pending_user(request)


def mark_verified(request: HttpRequest, user: User, device: Device) -> None:
    """Let the session do what `user` may, who has just used or added `device`."""
    request.session.cycle_key()
    request.session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    request.session[VERIFIED_AT] = time.time()
    user.otp_device = device
    request.user = user


def is_verified(user: User | AnonymousUser) -> bool:
    return getattr(user, "otp_device", None) is not None


def is_recently_verified(request: HttpRequest) -> bool:
    return is_verified(request.user) and time.time() - request.session.get(VERIFIED_AT, 0) < RECENT


def with_next(view_name: str, path: str) -> str:
    return f"{reverse(view_name)}?{urlencode({'next': path})}" if path else reverse(view_name)
