"""A breaker: what does not answer is asked by one thread, and by nobody else until it does."""

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

INTERVAL = 0.5
"""Seconds between two attempts while it does not answer."""
BELIEVED = 1.0
"""Seconds for which an answer is believed."""
LATE = 10.0
"""Seconds for which a request may go on that began before the service answered again."""


class Breaker:
    """Whether a service answers, known to all threads of this process.

    `ask` raises an exception while the service does not answer. `is_back` is called right after it was found to
    answer again, and may raise as well. One line is logged when it stops answering and one when it answers again.
    """

    def __init__(
        self, service: str, ask: Callable[[], object], is_back: Callable[[], object] = lambda: None
    ) -> None:
        self.service = service
        self._ask = ask
        self._is_back = is_back
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._answered_at = self._closed_at = float("-inf")
        self._open_since: float | None = None
        self._closed = threading.Event()
        self._closed.set()
        self._thread: threading.Thread | None = None

    @property
    def is_open(self) -> bool:
        """Whether the service is known not to answer."""
        if self._open_since is None:
            return False
        self._keep_asking()
        return True

    @property
    def was_just_open(self) -> bool:
        """Whether errors may still come from an outage, of requests that began in it."""
        return self.is_open or time.monotonic() - self._closed_at < LATE

    def open(self, error: Exception) -> None:
        """Note that the service does not answer. `error` says how that was found."""
        with self._lock:
            is_news = self._open_since is None
            if is_news:
                self._open_since = time.monotonic()
                self._closed.clear()
        if is_news:
            # Not while the lock is held, for a filter of the log may ask whether this is open.
            logger.error("%s does not answer: %s", self.service, in_one_line(error))
        self._keep_asking()

    def answers(self, believed: float = BELIEVED) -> bool:
        """Ask the service, unless another thread has done so in the last seconds."""
        with self._asking:
            if self.is_open:
                return False
            if time.monotonic() - self._answered_at < believed:
                return True
            try:
                self._ask()
            except Exception as error:
                self.open(error)
                return False
            self._answered_at = time.monotonic()
            return True

    def wait(self) -> None:
        """Return when the service answers."""
        while self.is_open:
            self._closed.wait(INTERVAL)

    def _keep_asking(self) -> None:
        """Start the thread that asks. One of the process that this one was forked from is not alive here."""
        with self._lock:
            if self._open_since is not None and not (self._thread and self._thread.is_alive()):
                self._thread = threading.Thread(target=self._ask_until_it_answers, daemon=True)
                self._thread.start()

    def _ask_until_it_answers(self) -> None:
        while True:
            time.sleep(INTERVAL)
            try:
                self._ask()
            except Exception:
                continue
            with self._lock:
                seconds = time.monotonic() - self._open_since
                self._open_since, self._thread = None, None
                self._answered_at = self._closed_at = time.monotonic()
                self._closed.set()
            logger.warning("%s answers again after %.0f s", self.service, seconds)
            try:
                self._is_back()
            except Exception as error:
                self.open(error)
            return


def in_one_line(error: BaseException) -> str:
    """Return the kind of an error and the first line of what it says."""
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:200]}".rstrip(": ")
