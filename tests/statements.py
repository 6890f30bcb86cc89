"""Choose the tests that run on PostgreSQL.

The unit tests run on SQLite. Of those, `tests/postgresql.txt` names the cheapest ones that together send nearly
all statements that any of them sends (`make postgresql-tests` writes it), after whole files and folders, which
are entered by hand, where the databases differ in more than the statement: locks, search, backups. Any other test
is left out on PostgreSQL, unless `--every-test` is given.

`make unit` checks the file: it fails if the tests named there send less than COVERED of all statements. What only
files of ELSEWHERE send does not count.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from tests.scenes import scenes_of, stage

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "postgresql.txt"
COVERED, WRITTEN = 0.99, 0.995
"""The part of all statements that the list must send, and that it sends when it is written: the last ones take
most of the time."""
ELSEWHERE = ("tests/home/test_freshness.py",)
"""Files that play on SQLite what another command plays on both databases (`make test-freshness`)."""
COST_OF_A_TEST = 0.02
"""Seconds that each test takes beside its own work."""


@dataclass
class Part:
    """What a test did by itself, or a scene or fixture that several tests share. `parts`: which of these a test
    needs."""

    seconds: float
    sent: set[str]
    parts: tuple[str, ...] = ()


Parts = dict[str, Part]


class Statements:
    """Plugin that notes which statements each test sends, and which are sent for several tests together. Workers
    of pytest-xdist hand theirs over at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.tests: Parts = {}
        self.parts: Parts = {}
        self._module = ""
        self._running: list[Part] = []

    def _note(self, execute: Callable[..., Any], sql: Any, *arguments: Any) -> Any:
        if self._running:
            self._running[-1].sent.add(shape(str(sql)))
        return execute(sql, *arguments)

    def _watch(self, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
        if self._note not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._note)

    @contextmanager
    def _measured(self, part: Part) -> Iterator[None]:
        """Add what is done and sent to this part, and not to that during which it happens."""
        self._running.append(part)
        began = cpu_seconds()
        try:
            yield
        finally:
            taken = cpu_seconds() - began
            self._running.pop()
            part.seconds += taken
            if self._running:
                self._running[-1].seconds -= taken

    def _shared(self, name: str) -> AbstractContextManager[None]:
        return self._measured(self.parts.setdefault(name, Part(0, set())))

    def pytest_sessionstart(self) -> None:
        connection_created.connect(self._watch, dispatch_uid="statements")
        self._watch(connection)
        stage.watch = self._shared

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._module = item.nodeid.partition("::")[0]
        names = [f"{each.__module__}.{each.__qualname__}" for each in scenes_of(item)]
        names += [f"{self._module} {name}" for name in getattr(item, "fixturenames", ())]
        self.tests[item.nodeid] = test = Part(0, set(), tuple(names))
        with self._measured(test):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        name = f"{self._module} {fixturedef.argname}"
        with self._shared(name) if fixturedef.scope == "module" else nullcontext():
            return (yield)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        for kept, parts in zip((self.tests, self.parts), node.workeroutput.get("statements", ()), strict=False):
            for name, (seconds, sent, needed) in parts.items():
                part = kept.setdefault(name, Part(0, set(), needed))
                part.seconds += seconds
                part.sent |= {node.workeroutput["shapes"][number] for number in sent}

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if hasattr(self.config, "workeroutput"):
            shapes = sorted(sent_by([*self.tests.values(), *self.parts.values()]))
            numbers = {sent: number for number, sent in enumerate(shapes)}
            self.config.workeroutput["shapes"] = shapes
            self.config.workeroutput["statements"] = [
                {
                    name: (each.seconds, [numbers[sent] for sent in each.sent], each.parts)
                    for name, each in kept.items()
                }
                for kept in (self.tests, self.parts)
            ]
        elif exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and self.tests:
            tests, parts = counted(self.tests), counted(self.parts)
            if self.config.getoption("statements") == "write":
                write(tests, parts)
            elif problem := missing(tests, parts):
                self.config.get_terminal_writer().line(f"\n{problem}", red=True)
                session.exitstatus = pytest.ExitCode.TESTS_FAILED


def cpu_seconds() -> float:
    """Return the time that this process and those that it has started have taken."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


@lru_cache(maxsize=100_000)
def shape(sql: str) -> str:
    """Return a statement without its numbers and the length of its lists."""
    without_numbers = re.sub(r"\b\d+\b|\bs\d+_x\d+\b", "0", sql)
    without_lists = re.sub(r"(?:%s|\b0\b)(?:, (?:%s|\b0\b))+", "%s", without_numbers)
    return re.sub(r"\(%s\)(?:, \(%s\))+", "(%s)", without_lists)


def chosen(tests: Iterable[str], entries: Iterable[str]) -> set[str]:
    """Return those of the tests (node ids) that a list names, itself or by its file or folder."""
    given = set(entries)
    wide = tuple(entry for entry in given if "::" not in entry)
    return {test for test in tests if test in given or test.startswith(wide)}


def entries() -> list[str]:
    return [line for line in LIST.read_text().splitlines() if line and not line.startswith("#")]


def counted(parts: Parts) -> Parts:
    return {name: part for name, part in parts.items() if not name.startswith(ELSEWHERE)}


def sent_by(parts: Iterable[Part]) -> set[str]:
    return set().union(*(part.sent for part in parts))


def needed_by(tests: Iterable[Part], parts: Parts) -> Parts:
    """Return what these tests need that was done for several tests together."""
    return {name: parts[name] for test in tests for name in test.parts if name in parts}


def cheapest(tests: Parts, parts: Parts, start: set[str]) -> set[str]:
    """Return tests that, with `start`, send the statements (WRITTEN): each time the one that adds most for its
    time. What several tests need is paid once."""
    found = set[str]()
    left = sent_by([*tests.values(), *parts.values()])
    open_parts, waiting = dict(parts), dict(sorted(tests.items()))

    def take(test: Part) -> None:
        left.difference_update(test.sent)
        for name, part in needed_by([test], open_parts).items():
            left.difference_update(part.sent)
            del open_parts[name]

    few = (1 - WRITTEN) * len(left)
    for name in start:
        take(waiting.pop(name))
    while len(left) > few:
        gains = {name: len(part.sent & left) for name, part in open_parts.items()}
        best, most = "", 0.0
        for name, test in list(waiting.items()):
            needed = needed_by([test], open_parts)
            gain = len(test.sent & left) + sum(gains[each] for each in needed)
            if not gain:
                del waiting[name]
            seconds = test.seconds + sum(part.seconds for part in needed.values())
            if gain / (seconds + COST_OF_A_TEST) > most:
                best, most = name, gain / (seconds + COST_OF_A_TEST)
        if not best:
            break
        found.add(best)
        take(waiting.pop(best))
    return without_excess(found, start, tests, parts, few - len(left))


def without_excess(found: set[str], start: set[str], tests: Parts, parts: Parts, spare: float) -> set[str]:
    """Return the found tests without those whose statements the others send as well, or nearly: `spare` statements
    may be left out. What is taken early by `cheapest` may be sent by what is taken later."""
    kept, spare = set(found), max(spare, 0)
    while True:
        running = [tests[name] for name in kept | start]
        needs = Counter(name for test in running for name in needed_by([test], parts))
        senders = Counter(each for part in [*running, *map(parts.get, needs)] if part for each in part.sent)
        costs: dict[str, tuple[float, float, int]] = {}
        for name in sorted(kept):
            needed = needed_by([tests[name]], parts)
            alone = [tests[name], *(part for each, part in needed.items() if needs[each] == 1)]
            sent = Counter(each for part in alone for each in part.sent)
            lost = sum(senders[each] == times for each, times in sent.items())
            seconds = COST_OF_A_TEST + sum(part.seconds for part in alone)
            if lost <= spare:
                costs[name] = (lost / seconds, -seconds, lost)
        if not costs:
            return kept
        excess = min(costs, key=lambda name: costs[name])
        kept.remove(excess)
        spare -= costs[excess][2]


def write(tests: Parts, parts: Parts) -> None:
    """Write the list anew; what was entered by hand stays."""
    kept = [line for line in LIST.read_text().splitlines() if "::" not in line]
    by_hand = chosen(tests, [line for line in kept if line and not line.startswith("#")])
    LIST.write_text("\n".join([*kept, *sorted(cheapest(tests, parts, by_hand))]) + "\n")


def missing(tests: Parts, parts: Parts) -> str:
    """Return what is wrong with the list after a run of all tests; nothing if it is right."""
    every = sent_by([*tests.values(), *parts.values()])
    named = [tests[name] for name in chosen(tests, entries())]
    sent = sent_by([*named, *needed_by(named, parts).values()])
    if len(sent) >= COVERED * len(every):
        return ""
    some = "\n".join(statement[:200] for statement in sorted(every - sent)[:10])
    return (
        f"The tests in {LIST.relative_to(ROOT)} send {len(sent)} of {len(every)} statements. "
        f"Run `make postgresql-tests`. Not sent are, among others:\n{some}"
    )


def names_none_of(path: Path) -> bool:
    """Return whether this is a file of unit tests none of which runs on this database."""
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
    if (
        connection.vendor == "sqlite"
        or not path.match("test_*.py")
        or name.startswith(("tests/functional", "tests/stress"))
    ):
        return False
    return not any(entry.startswith(name) or name.startswith(entry) for entry in entries())


def left_out(items: list[pytest.Item]) -> set[pytest.Item]:
    """Return the tests that do not run on this database."""
    if connection.vendor == "sqlite":
        return set()
    units = [item for item in items if not {"browser", "stress"} & {mark.name for mark in item.iter_markers()}]
    named = chosen([item.nodeid for item in units], entries())
    return {item for item in units if item.nodeid not in named}
