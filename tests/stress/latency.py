"""A slow server: each request that changes something waits before it is dealt with, and its answer after it."""

import os
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SECONDS = float(os.environ.get("STRESS_LATENCY", "0"))

SLOW = ("/edit/", "/workflow/action/", "/translation/review/")


class LatencyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Logging in and pings only cost the test's time.
        slow = request.method == "POST" and any(part in request.path for part in SLOW)
        if slow:
            time.sleep(SECONDS / 2)
        response = self.get_response(request)
        if slow:
            time.sleep(SECONDS / 2)
        return response
