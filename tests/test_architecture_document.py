"""The tables of docs/architecture.md agree with the code: packages of `core`, receivers of signals, and context
variables."""

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from weakref import ReferenceType

from django.dispatch import Signal

from tests.test_architecture import ORDER

ROOT = Path(__file__).resolve().parent.parent
APPS = ("core", "campaigns", "home", "search", "translation")


@cache
def section(heading: str) -> str:
    text = (ROOT / "docs" / "architecture.md").read_text()
    return text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def named_in(cell: str) -> set[str]:
    """Return the full names in a cell: a name without a module is in the module of the one before it."""
    found, module = set(), ""
    for name in re.findall(r"`([\w.]+)`", cell):
        module = name.rpartition(".")[0] or module
        found.add(f"{module}.{name.rpartition('.')[2]}")
    return found


def column(heading: str, number: int) -> set[str]:
    rows = [line.split("|") for line in section(heading).splitlines() if line.startswith("| `")]
    return {name for row in rows for name in named_in(row[number])}


def signals() -> Iterator[Signal]:
    found = [
        value for each in list(sys.modules.values()) for value in list(getattr(each, "__dict__", {}).values())
    ]
    yield from {id(value): value for value in found if Signal in type(value).__mro__}.values()


def connected() -> set[str]:
    """Return the full names of receivers that are functions or objects of the project; not those that a function
    connects for the length of a call."""
    found = set()
    for signal in signals():
        for _key, reference, *_rest in signal.receivers:
            receiver: Any = reference() if isinstance(reference, ReferenceType) else reference
            named = receiver if hasattr(receiver, "__qualname__") else type(receiver)
            if named.__module__.partition(".")[0] in APPS and "<locals>" not in named.__qualname__:
                found.add(f"{named.__module__}.{named.__qualname__}")
    return found


def test_packages_of_core__stand_in_their_order():
    table = section("Apps and the direction of imports").split("### `core/`\n")[1].split("\nOf modules")[0]
    named = re.findall(r"^\| `(?:core/)?(\w+)(?:/|\.py)` \|", table, re.MULTILINE)

    assert named == ORDER["core"]


def test_receivers__are_those_of_the_document():
    assert connected() == column("Receivers", 2)


def test_context_variables__are_those_of_the_document():
    sources = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    in_code = {
        f"{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}.{name}"
        for path in sources
        for name in re.findall(r"^(\w+)(?:: [^=\n]+)? = ContextVar\(", path.read_text(), re.MULTILINE)
    }

    assert in_code == column("Context variables", 1)


def test_names_in_a_cell__take_the_module_of_the_one_before():
    assert named_in("`core.a.one`, `two` and `home.b.three`") == {"core.a.one", "core.a.two", "home.b.three"}
