"""Readers who ask for something all the time, and what they get in each second."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPMessage

from tests.stress.services import HOST, SecureConnection

PER_SECOND = 5
PATIENCE = 60
"""Seconds, after which nobody waits for an answer: it counts as status 0."""


@dataclass(frozen=True)
class Got:
    """`at` and `seconds` are of the clock of `time.monotonic()`: when it was asked, and how long it took."""

    address: str
    at: float
    seconds: float
    status: int
    headers: HTTPMessage
    body: str


@dataclass
class Readers:
    """Ask `PER_SECOND` times a second for one address after the other, whether or not the last was answered."""

    port: int
    addresses: Sequence[str]
    by_tls: bool = False
    got: list[Got] = field(default_factory=list)
    notes: list[tuple[float, str]] = field(default_factory=list)

    def note(self, what: str) -> float:
        """Say beside the seconds what happens now. Return when that was."""
        now = time.monotonic()
        self.notes.append((now, what))
        return now

    @contextmanager
    def asking(self) -> Iterator["Readers"]:
        ended = threading.Event()
        with ThreadPoolExecutor(PER_SECOND * PATIENCE) as pool:

            def ask_all() -> None:
                began = time.monotonic()
                for number, address in enumerate(itertools.cycle(self.addresses)):
                    if ended.wait(max(0.0, began + number / PER_SECOND - time.monotonic())):
                        return
                    pool.submit(self.ask, address)

            asking = threading.Thread(target=ask_all)
            asking.start()
            try:
                yield self
            finally:
                ended.set()
                asking.join()

    def ask(self, address: str) -> Got:
        began, status, headers, body = time.monotonic(), 0, HTTPMessage(), ""
        kind = SecureConnection if self.by_tls else HTTPConnection
        connection = kind(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", address, headers={"X-Forwarded-Proto": "https"})
            response = connection.getresponse()
            status, headers, body = response.status, response.headers, response.read().decode("utf-8", "replace")
        except (OSError, HTTPException) as error:
            body = repr(error)
        finally:
            connection.close()
        got = Got(address, began, time.monotonic() - began, status, headers, body)
        self.got.append(got)
        return got

    def between(self, start: float, end: float = float("inf")) -> list[Got]:
        """Return what was asked for in that time."""
        return [each for each in self.got if start <= each.at < end]

    def table(self) -> str:
        """Return a line for each second: how often it was asked, what was answered and how long that took."""
        first = min(each.at for each in self.got)
        lines = ["second  answers                    median  longest"]
        for second in range(int(max(each.at for each in self.got) - first) + 1):
            some = self.between(first + second, first + second + 1)
            said = ", ".join(what for at, what in self.notes if second <= at - first < second + 1)
            if some:
                statuses = Counter(each.status for each in some)
                answers = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
                times = sorted(each.seconds for each in some)
                line = f"{second:6}  {answers:25}  {times[len(times) // 2]:5.2f} s  {times[-1]:5.2f} s  {said}"
                lines.append(line.rstrip())
        return "\n".join(lines)
