"""Scenes: fixtures whose rows are written once for all consecutive tests that ask for them.

A scene is written in a transaction that is never committed, within the scenes that it needs; each test runs in a
savepoint on top and gets copies of its own of the objects. A test does not see the rows of scenes that it does not
ask for. Tests of one module are sorted by their scenes, so that each scene is written once if possible.

A scene may ask for other scenes only, not for `settings`, `client` and the like, and must not yield.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from functools import cache as kept
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker
from wagtail.blocks import Block
from wagtail.fields import StreamField

from core.publishing.gate import confirmed
from tests.listings import write_recorded

Function = TypeVar("Function", bound=Callable[..., Any])

FILES = {
    "MEDIA_ROOT": "media",
    "HELPLINE_COPY": "helpline.json",
    "JOURNAL": "journal.jsonl",
    "BACKUPS": "backups",
}
"""Settings of the places where a test writes, with the names in its folder."""


def scene(function: Function) -> Function:
    """Return a fixture that is written once for consecutive tests (decorator)."""

    @wraps(function)
    def fixture(**arguments: Any) -> Any:
        return stage.of_a_test(fixture) if stage.has(fixture) else function(**arguments)

    fixture.is_scene = True  # type: ignore[attr-defined]
    return pytest.fixture(fixture)  # type: ignore[return-value]


class Level:
    """A scene that is written, above those that it needs or that were written before it."""

    def __init__(self, below: "Level | None", function: Callable[..., Any]) -> None:
        self.function = function
        self.folder = Path(tempfile.mkdtemp(prefix="scene"))
        self.results: dict[Callable[..., Any], Any] = {}
        if below:
            self.results = _copied(below.results)
            shutil.copytree(below.folder, self.folder, dirs_exist_ok=True)
        self.on_commit = len(connection.run_on_commit)
        self.transaction = transaction.atomic()

    def write(self, arguments: dict[str, Callable[..., Any]]) -> None:
        """Call the scene's function, with the results of the given scenes."""
        given = {name: self.results.get(function) for name, function in arguments.items()}
        self.transaction.__enter__()
        with override_settings(**files_in(self.folder)), confirmed():
            self.results[self.function] = self.function.__wrapped__(**given)  # type: ignore[attr-defined]
        write_recorded()

    def undo(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        # What is added there without a savepoint stays after a rollback.
        del connection.run_on_commit[self.on_commit :]
        shutil.rmtree(self.folder)


class Stage:
    """The scenes that are written at the moment, each within the one before it."""

    def __init__(self) -> None:
        self._blocker: DjangoDbBlocker | None = None
        self._levels: list[Level] = []
        self._copies: dict[Callable[..., Any], Any] | None = None
        self._shown = False
        self.watch: Callable[[str], AbstractContextManager[None]] = lambda name: nullcontext()
        """Called with the name of each scene while it is written."""

    def begin(self, blocker: DjangoDbBlocker) -> None:
        """Allow scenes, now that there is a database."""
        self._blocker = blocker

    def prepare(self, item: pytest.Item) -> None:
        """Write the scenes that a test needs, before anything of the test is set up, and undo all others. A test
        without the database leaves them for the next one."""
        self._copies = None
        self._shown = uses_database(item)
        if not self._blocker or not self._shown:
            return
        with self._blocker.unblock():
            wanted = {} if commits(item) else scenes_of(item)
            common = 0
            for level, function in zip(self._levels, wanted, strict=False):
                if level.function is not function:
                    break
                common += 1
            self._undo(common)
            if not connection.in_atomic_block or self._levels:
                for function, arguments in list(wanted.items())[common:]:
                    self._write(function, arguments)

    def _write(self, function: Callable[..., Any], arguments: dict[str, Callable[..., Any]]) -> None:
        cache.clear()
        level = Level(self._levels[-1] if self._levels else None, function)
        self._levels.append(level)
        try:
            with self.watch(f"{function.__module__}.{function.__qualname__}"):
                level.write(arguments)
        except BaseException:
            # The next test that asks for it writes it anew.
            self._undo(len(self._levels) - 1)
            raise

    def _undo(self, count: int) -> None:
        """Undo all levels but the lowest `count`."""
        while len(self._levels) > count:
            self._levels.pop().undo()

    def has(self, function: Callable[..., Any]) -> bool:
        return any(level.function is function for level in self._levels)

    def of_a_test(self, function: Callable[..., Any]) -> Any:
        """Return the test's own copy of what a scene has returned. All copies of a test belong together."""
        if self._copies is None:
            cache.clear()
            self._copies = _copied(self._levels[-1].results)
        return self._copies[function]

    def copy_files(self, folder: Path) -> None:
        """Copy the files that the scenes have written into the folder of a test."""
        if self._levels and self._shown:
            shutil.copytree(self._levels[-1].folder, folder, dirs_exist_ok=True)

    def close(self) -> None:
        if self._blocker:
            with self._blocker.unblock():
                self._undo(0)


stage = Stage()


def files_in(folder: Path) -> dict[str, Path]:
    """Return the values of the settings that say where a test writes."""
    return {setting: folder / name for setting, name in FILES.items()}


def scenes_of(item: pytest.Item) -> dict[Callable[..., Any], dict[str, Callable[..., Any]]]:
    """Return the scenes of a test, those that others need first, each with the scenes that it asks for by the
    names of its arguments."""
    definitions = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]  # of functions alone
    found: dict[Callable[..., Any], dict[str, Callable[..., Any]]] = {}
    depth: dict[Callable[..., Any], int] = {}

    def visit(name: str, overridden: int) -> tuple[Callable[..., Any], int]:
        """Return the function of a fixture, and how many scenes it needs one below the other. `overridden`: how
        many fixtures of the same name stand before it."""
        definition = definitions[name][-1 - overridden]
        needed = {
            each: visit(each, overridden + 1 if each == name else 0)
            for each in definition.argnames
            if each in definitions
        }
        below = max((levels for _function, levels in needed.values()), default=0)
        if not getattr(definition.func, "is_scene", False):
            return definition.func, below
        found[definition.func] = {each: function for each, (function, _levels) in needed.items()}
        strange = [
            each for each, function in found[definition.func].items() if each != "db" and function not in found
        ]
        if strange:
            raise pytest.UsageError(f"The scene {name} asks for {strange[0]}, which is no scene.")
        depth[definition.func] = below + 1
        return definition.func, below + 1

    for name in getattr(item, "fixturenames", ()):
        if name in definitions:
            visit(name, 0)
    ordered = sorted(found, key=lambda each: (depth[each], each.__module__, each.__qualname__))
    return {function: found[function] for function in ordered}


def by_scenes(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests with those of one module sorted by their scenes. Modules with tests marked `long` come
    first: workers take them in this order, and should all end at the same time. Then come those that undo the
    scenes before them, and then the others, folder by folder: what several of them need is written once for those
    that follow each other. Within each, those with most tests come first."""

    def chain(item: pytest.Item) -> tuple[str, ...]:
        return tuple(f"{each.__module__}.{each.__qualname__}" for each in scenes_of(item))

    tests = Counter(item.path for item in items)
    long = {item.path for item in items if item.get_closest_marker("long")}
    bare = {item.path for item in items if uses_database(item) and (commits(item) or not scenes_of(item))}

    def place(path: Path) -> tuple[bool, bool, Path, int]:
        return path not in long, path not in bare, path.parent, -tests[path]

    modules = {path: number for number, path in enumerate(sorted(tests, key=place))}
    return sorted(items, key=lambda item: (modules[item.path], chain(item)))


def uses_database(item: pytest.Item) -> bool:
    return "django_db_setup" in getattr(item, "fixturenames", ()) or bool(item.get_closest_marker("django_db"))


def commits(item: pytest.Item) -> bool:
    """Return whether the test works outside of a transaction."""
    marks = item.iter_markers("django_db")
    return "transactional_db" in getattr(item, "fixturenames", ()) or any(
        mark.kwargs.get("transaction") for mark in marks
    )


def _copied(results: dict[Callable[..., Any], Any]) -> dict[Callable[..., Any], Any]:
    """Return copies of objects that refer to each other as the originals do."""
    keys = list(results)
    # Definitions of blocks are shared by all pages, and large.
    memo = {id(block): block for block in _blocks()}
    return dict(zip(keys, deepcopy([results[key] for key in keys], memo), strict=True))


@kept
def _blocks() -> list[Block]:
    """Return the definitions of all blocks of all models, nested ones included."""
    found: dict[int, Block] = {}

    def add(blocks: Iterable[Block]) -> None:
        for block in blocks:
            if id(block) not in found:
                found[id(block)] = block
                add(
                    [
                        *getattr(block, "child_blocks", {}).values(),
                        *filter(None, [getattr(block, "child_block", None)]),
                    ]
                )

    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    add(field.stream_block for field in fields if isinstance(field, StreamField))
    return list(found.values())
