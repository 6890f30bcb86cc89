from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from tests.translating import Newsroom
from tests.translation.ground import Ground, fill, send_others


@pytest.fixture
def newsroom(site, settings) -> Newsroom:
    return import_string(getattr(settings, "NEWSROOM", "tests.translating.open_newsroom"))(site)


@pytest.fixture
def ground(newsroom, django_capture_on_commit_callbacks) -> Ground:
    made = Ground(newsroom)
    with django_capture_on_commit_callbacks(execute=True):
        fill(made)
        send_others(made)
    return made


HERE = Path(__file__).resolve().parent
# Of these the databases have a say in the outcome: questions over several tables, locks, what is undone together.
BOTH_DATABASES = {
    "test_any_order", "test_board", "test_board_size", "test_exchange_import", "test_in_step", "test_launch",
    "test_life_deleting", "test_life_restoring", "test_members", "test_newsroom", "test_readiness", "test_sending",
    "test_states", "test_stopped", "test_upkeep", "test_values", "test_worker",
}  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.stem not in BOTH_DATABASES:
            item.add_marker("trip")
