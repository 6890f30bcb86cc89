"""Tests that load the shipped server or kill it (`make test-stress`)."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsers import launch_arguments
from tests.stress.server import Server

HERE = Path(__file__).resolve().parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("stress")


@pytest.fixture(scope="session")
def rounds() -> int:
    """How often what happens at random moments is tried: the environment's ROUNDS."""
    return int(os.environ.get("ROUNDS", "3"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return launch_arguments(browser_type_launch_args)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Migrated and empty, and not started yet."""
    with Server(tmp_path_factory.mktemp("server")) as server:
        yield server
