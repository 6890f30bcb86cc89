"""Choose the tests that run on PostgreSQL.

The unit tests run on SQLite. Of those, `tests/postgresql.txt` names the cheapest ones that together send every
statement that any of them sends (`make postgresql-tests` writes it), after whole files and folders, which are
entered by hand, where the databases differ in more than the statement: locks, search, backups. Any other test is
left out on PostgreSQL, unless `--every-test` is given.

`make unit` checks the file: it fails if the tests named there send less than COVERED of all statements.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from heapq import heapify, heapreplace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "postgresql.txt"
COVERED = 0.99
COST_OF_A_TEST = 0.02
"""Seconds that each test takes beside its own work."""


class Statements:
    """Plugin that notes which statements each test sends. Workers of pytest-xdist hand theirs over at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.tests: dict[str, tuple[float, set[str]]] = {}
        self._sent: set[str] = set()

    def _note(self, execute: Callable[..., Any], sql: Any, *arguments: Any) -> Any:
        self._sent.add(shape(str(sql)))
        return execute(sql, *arguments)

    def _watch(self, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
        if self._note not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._note)

    def pytest_sessionstart(self) -> None:
        connection_created.connect(self._watch, dispatch_uid="statements")
        self._watch(connection)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._sent.clear()
        began = time.process_time()
        result = yield
        self.tests[item.nodeid] = (time.process_time() - began, set(self._sent))
        return result

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        for test, seconds, sent in getattr(node, "workeroutput", {}).get("statements", []):
            self.tests[test] = (seconds, {node.workeroutput["shapes"][number] for number in sent})

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if hasattr(self.config, "workeroutput"):
            shapes = sorted({sent for _seconds, of_test in self.tests.values() for sent in of_test})
            numbers = {sent: number for number, sent in enumerate(shapes)}
            self.config.workeroutput["shapes"] = shapes
            self.config.workeroutput["statements"] = [
                (test, seconds, [numbers[each] for each in sent]) for test, (seconds, sent) in self.tests.items()
            ]
        elif exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and self.tests:
            if self.config.getoption("statements") == "write":
                write(self.tests)
            elif problem := missing(self.tests):
                self.config.get_terminal_writer().line(f"\n{problem}", red=True)
                session.exitstatus = pytest.ExitCode.TESTS_FAILED


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


def cheapest(tests: dict[str, tuple[float, set[str]]], start: set[str]) -> set[str]:
    """Return tests that, with `start`, send all statements: each time the one that adds most for its time."""
    left = set().union(*(sent for _seconds, sent in tests.values()))
    left -= set().union(*(tests[test][1] for test in start))

    def rank(test: str) -> tuple[float, str]:
        seconds, sent = tests[test]
        return -len(sent & left) / (seconds + COST_OF_A_TEST), test

    found = set()
    ranked = [rank(test) for test in tests]
    heapify(ranked)
    while left:
        # What a test adds only shrinks: one that is first with its present rank is the best of all.
        again = rank(ranked[0][1])
        if heapreplace(ranked, again) == again:
            found.add(again[1])
            left -= tests[again[1]][1]
    return found


def write(tests: dict[str, tuple[float, set[str]]]) -> None:
    """Write the list anew; what was entered by hand stays."""
    kept = [line for line in LIST.read_text().splitlines() if "::" not in line]
    by_hand = chosen(tests, [line for line in kept if line and not line.startswith("#")])
    LIST.write_text("\n".join([*kept, *sorted(cheapest(tests, by_hand))]) + "\n")


def missing(tests: dict[str, tuple[float, set[str]]]) -> str:
    """Return what is wrong with the list after a run of all tests; nothing if it is right."""
    every = set().union(*(sent for _seconds, sent in tests.values()))
    sent = set().union(*(tests[test][1] for test in chosen(tests, entries())))
    if len(sent) >= COVERED * len(every):
        return ""
    some = "\n".join(statement[:200] for statement in sorted(every - sent)[:10])
    return (
        f"The tests in {LIST.relative_to(ROOT)} send {len(sent)} of {len(every)} statements. "
        f"Run `make postgresql-tests`. Not sent are, among others:\n{some}"
    )


def left_out(items: list[pytest.Item]) -> set[pytest.Item]:
    """Return the tests that do not run on this database."""
    if connection.vendor == "sqlite":
        return set()
    units = [item for item in items if not {"browser", "stress"} & {mark.name for mark in item.iter_markers()}]
    named = chosen([item.nodeid for item in units], entries())
    return {item for item in units if item.nodeid not in named}
