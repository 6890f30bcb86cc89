"""A circuit breaker: while a service does not answer, only one thread of the process keeps asking it."""

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

INTERVAL = 0.5
"""Seconds between two attempts while the service does not answer."""
BELIEVED = 1.0
"""Seconds during which the service is not asked again after it answered."""
LATE = 10.0
"""Seconds after an outage during which errors of requests that began in it are expected."""


class Breaker:
    """A circuit breaker for a service, shared by all threads of this process. It is open during an outage.

    `ask` must raise an exception while the service does not answer. `is_back` is called as soon as the service
    answers again; if it raises, the breaker opens again. One line is logged when an outage begins and one when it
    ends.
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
        """Return whether the service is known not to answer. The service is not asked now, but a thread keeps
        asking it."""
        if self._open_since is None:
            return False
        self._keep_asking()
        return True

    @property
    def was_just_open(self) -> bool:
        """Return whether errors may still be caused by an outage, which goes on or ended in the last LATE
        seconds."""
        return self.is_open or time.monotonic() - self._closed_at < LATE

    def open(self, error: Exception) -> None:
        """Open the breaker, log `error`, which showed that the service does not answer, and start the thread that
        asks it. Nothing is logged if the breaker is open."""
        with self._lock:
            is_news = self._open_since is None
            if is_news:
                self._open_since = time.monotonic()
                self._closed.clear()
        if is_news:
            # Outside of the lock, because a logging filter may access `is_open`.
            logger.error("%s does not answer: %s", self.service, in_one_line(error))
        self._keep_asking()

    def answers(self, believed: float = BELIEVED) -> bool:
        """Return whether the service answers, and open the breaker if not. The service is not asked if the breaker
        is open, or if it answered in the last `believed` seconds."""
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
        """Block until the breaker is closed, with no limit of time."""
        while self.is_open:
            self._closed.wait(INTERVAL)

    def _keep_asking(self) -> None:
        """Start the asking thread if the breaker is open and the thread does not run. After a fork the parent's
        thread does not run in the child."""
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
                assert self._open_since is not None  # only this thread resets it
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
    """Return the class of an error and the first line of its message, at most 200 characters of it."""
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:200]}".rstrip(": ")
