from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from core.journal import file


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[..., Any]:
    """Each test is one transaction: what runs after a commit runs at the end of this block."""

    @contextmanager
    def _committing() -> Iterator[None]:
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return _committing


@pytest.fixture
def kinds() -> Callable[[], list[str]]:
    """Return the kinds of the entries in the journal, the oldest first."""
    return lambda: [entry.kind for entry in file.read().in_order()]
