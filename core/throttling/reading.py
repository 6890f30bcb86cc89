"""Limits on how often one IP address may request expensive views. Many readers may share an address, so that
limits should allow for about 40 readers with 5 requests a minute each."""

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
    """Count a request under `name` and return 0, or return the seconds to wait if the visitor's network has made
    too many.

    `rate` is a text such as 300/min, or empty for no limit; raise ValueError if it is none. Processes without a
    shared cache count separately, and a count that the cache has lost allows the request.
    """
    if not rate:
        return 0
    most, seconds = parsed(rate)
    cache = caches[settings.READING_CACHE]
    now = int(time.time())
    key = f"reading.{name}.{client_network(request)}"
    began = cache.get_or_set(key, now, seconds) or now
    key = f"{key}.{began}"
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
    except ValueError:
        # The count was evicted from a full cache.
        return 0
    return max(began + seconds - now, 1) if count > most else 0


def parsed(rate: str) -> tuple[int, int]:
    """Return the number of requests and the seconds of a rate such as 300/min. Raise ValueError for another
    text."""
    match = re.fullmatch(r"([0-9]+)/([smhd])[a-z]*", rate)
    if not match:
        raise ValueError(f"{rate!r} is no rate such as 300/min.")
    return int(match[1]), PERIODS[match[2]]


def limited(name: str, setting: str) -> Callable[..., Any]:
    """Return a decorator that limits requests of a view by one network to the rate in the setting `setting`, and
    answers 429 to more. Views with the same `name` are counted together."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait = seconds_to_wait(request, name, getattr(settings, setting))
            return too_many(request, wait) if wait else view(request, *args, **kwargs)

        return counted

    return decorate
