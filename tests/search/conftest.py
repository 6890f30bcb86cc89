from collections.abc import Callable

import pytest
from django.db import connection

from search.signals import Later


def _waiting() -> list[Later]:
    """What would be written when the transaction ends, which none of a test does."""
    waiting = [later for _savepoints, later, _robust in connection.run_on_commit if isinstance(later, Later)]
    connection.run_on_commit = [each for each in connection.run_on_commit if each[1] not in waiting]
    return waiting


@pytest.fixture
def committed(site) -> Callable[[], None]:
    """Has written what the signals saw since the last time."""

    def write() -> None:
        for later in _waiting():
            later()

    _waiting()
    return write
