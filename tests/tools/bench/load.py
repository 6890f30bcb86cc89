"""How many requests a second are answered, how fast, and what they cost: with wrk, all targets in turn."""

import gzip
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from tests.stress.services import HOST
from tests.tools.bench.sites import Site
from tests.tools.bench.yardsticks import Granian, Gunicorn, yardsticks

PAGES = {
    "campaign": "/en/campaigns/wdatip/",
    "edition": "/en/campaigns/wdatip/2024/",
    "home": "/en/",
    "story": "/en/news/phones-on-the-table/",
    "news": "/en/news/",
    "search": "/en/search/?q=contract",
}
HEADERS = {"Accept-Encoding": "gzip", "X-Forwarded-Proto": "https"}
CONNECTIONS = 8
MANY = 50
"""Connections at which the cached campaign page is asked as well."""
WARM_UP = 6
IDLE = 0.3
"""Seconds without work after which a server has none left."""
TICKS = os.sysconf("SC_CLK_TCK")
SECONDS_OF = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclass(frozen=True)
class Target:
    """Something that answers a page."""

    page: str
    name: str
    url: str
    pids: Callable[[], list[int]]
    connections: int = CONNECTIONS


@dataclass(frozen=True)
class Result:
    """Requests a second; latency in seconds; CPU in seconds a request; failed requests."""

    rate: float
    median: float
    p99: float
    cpu: float
    failed: int


def measure(site: Site, seconds: int, rounds: int) -> dict[Target, Result]:
    """Return the figures of the pages of a site, cached and uncached, and those of the yardsticks: for each the
    median of some rounds."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        cached = Site(site.stories, site._postgresql, PAGE_CACHE=str(folder / "cache"))
        uncached = Site(site.stories, site._postgresql, PAGE_CACHE="off")
        for server in (cached, uncached):
            server.start()
            stack.callback(server.stop)
        pages = folder / "pages"
        pages.mkdir()
        for name, path in PAGES.items():
            (pages / name).write_bytes(_warmed(_address(uncached, path)))
            _warmed(_address(cached, path))
        others = [stack.enter_context(kind(folder / kind.__name__, pages)) for kind in yardsticks()]
        targets = [
            Target("campaign", "cached, 50 connections", _address(cached, PAGES["campaign"]), cached.pids, MANY)
        ]
        for name, path in PAGES.items():
            targets.append(Target(name, "cached", _address(cached, path), cached.pids))
            targets.append(Target(name, "uncached", _address(uncached, path), uncached.pids))
            targets += [Target(name, other.name, other.url(name), other.pids) for other in others]
        results: dict[Target, list[Result]] = {target: [] for target in targets}
        for _round in range(rounds):
            for target in targets:
                results[target].append(_asked(target, seconds))
    return {target: _median(each) for target, each in results.items()}


def _address(site: Site, path: str) -> str:
    return f"http://{HOST}:{site.port}{path}"


def _warmed(url: str) -> bytes:
    """Return the bytes that a page is answered with, after all workers were asked."""
    for _time in range(WARM_UP):
        _read(url)
    return _read(url)


def _read(url: str) -> bytes:
    with urlopen(Request(url, headers=HEADERS), timeout=60) as answer:
        body = bytes(answer.read())
        return body if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(body)


def _asked(target: Target, seconds: int) -> Result:
    pids = target.pids()
    before = _settled(pids)
    headers = [part for name, value in HEADERS.items() for part in ("-H", f"{name}: {value}")]
    size = ["-t", "1", "-c", str(target.connections), "-d", f"{seconds}s", "--timeout", "60s"]
    printed = subprocess.run(
        [wrk(), *size, "--latency", *headers, target.url], check=True, capture_output=True, text=True
    ).stdout
    used = _settled(pids) - before
    # wrk leaves a request on each connection, which the server answers all the same.
    count = target.connections + int(_found(r"(\d+) requests in", printed))
    failed = sum(int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", printed))
    failed += sum(
        int(number) for line in re.findall(r"Socket errors: (.*)", printed) for number in re.findall(r"\d+", line)
    )
    rate = float(_found(r"Requests/sec:\s+([\d.]+)", printed))
    return Result(rate, _latency(50, printed), _latency(99, printed), used / count, failed)


def wrk() -> str:
    """Return the program. Raise SystemExit where it is missing."""
    if not (found := shutil.which("wrk")):
        raise SystemExit("wrk is missing: apt-get install wrk")
    return found


def _latency(percent: int, printed: str) -> float:
    number, unit = re.findall(rf"{percent}%\s+([\d.]+)(us|ms|s|m)\b", printed)[0]
    return float(number) * SECONDS_OF[unit]


def _found(pattern: str, printed: str) -> str:
    match = re.search(pattern, printed)
    assert match, printed
    return match.group(1)


def _settled(pids: list[int]) -> float:
    """Return the seconds of CPU that these processes have used once they have nothing left to do."""
    before, used = -1.0, _cpu(pids)
    while used > before:
        time.sleep(IDLE)
        before, used = used, _cpu(pids)
    return used


def _cpu(pids: list[int]) -> float:
    """Return the seconds of CPU that these processes have used, in their own code and in the kernel's."""
    used = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / TICKS


def _median(results: list[Result]) -> Result:
    def of(name: str) -> float:
        return statistics.median(getattr(result, name) for result in results)

    return Result(of("rate"), of("median"), of("p99"), of("cpu"), max(result.failed for result in results))


def table(results: dict[Target, Result]) -> list[str]:
    """Return the figures as a table in Markdown, with ratios to the minimal view under gunicorn and granian."""
    lines = [
        "| Page | Target | req/s | × gunicorn | × granian | p50 ms | p99 ms | CPU ms/req | × gunicorn | failed |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    by_name = {(target.page, target.name): result for target, result in results.items()}
    for target, result in results.items():
        gunicorn = by_name[target.page, Gunicorn.name]
        granian = by_name.get((target.page, Granian.name))
        lines.append(
            f"| {target.page} | {target.name} | {result.rate:,.1f} | {result.rate / gunicorn.rate:.3g} "
            f"| {f'{result.rate / granian.rate:.3g}' if granian else '–'} "
            f"| {result.median * 1000:.2f} | {result.p99 * 1000:.2f} "
            f"| {result.cpu * 1000:.2f} | {result.cpu / gunicorn.cpu:.3g} | {result.failed} |"
        )
    return lines
