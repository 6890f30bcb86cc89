"""Limits on how often one address may ask for what costs much to answer. A whole country may stand behind one
address: the limits leave room for 40 readers with 5 requests a minute each."""

import re
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from core.http.client import client_network
from core.throttling.middleware import too_many

PERIODS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds_to_wait(request: HttpRequest, name: str, rate: str) -> int:
    """Count a request and return 0, or the seconds to wait where the address has asked too often.

    `rate` is such as 300/min, or empty for as often as one likes. Where processes have no cache in common, each
    counts by itself.
    """
    if not rate:
        return 0
    most, seconds = parsed(rate)
    cache = caches[settings.READING_CACHE]
    now = int(time.time())
    key = f"reading.{name}.{client_network(request)}"
    began = cache.get_or_set(key, now, seconds)
    key = f"{key}.{began}"
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
    except ValueError:
        # It has been thrown out of a full cache.
        return 0
    return max(began + seconds - now, 1) if count > most else 0


def parsed(rate: str) -> tuple[int, int]:
    """Return how many, and in how many seconds. Raises ValueError."""
    match = re.fullmatch(r"([0-9]+)/([smhd])[a-z]*", rate)
    if not match:
        raise ValueError(f"{rate!r} is no rate such as 300/min.")
    return int(match[1]), PERIODS[match[2]]


def limited(name: str, setting: str) -> Callable[..., Any]:
    """Decorate a view that one address may ask for as often as `setting` says."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait = seconds_to_wait(request, name, getattr(settings, setting))
            return too_many(request, wait) if wait else view(request, *args, **kwargs)

        return counted

    return decorate
