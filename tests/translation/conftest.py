from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import TestCase
from django.utils.module_loading import import_string

from site_cms import urls
from tests.scenes import scene
from tests.translating import Newsroom
from tests.translation.ground import Ground, fill, send_others


@scene
def newsroom(site) -> Newsroom:
    return import_string(getattr(settings, "NEWSROOM", "tests.translating.open_newsroom"))(site)


@scene
def ground(newsroom) -> Ground:
    made = Ground(newsroom)
    with TestCase.captureOnCommitCallbacks(execute=True):
        fill(made)
        send_others(made)
    return made


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer what is refused or missing by its status alone, for tests that ask for thousands of addresses and
    look at nothing else of such answers: the page with the whole menu takes longer than all before it."""
    for status in (403, 404):
        answer = partial(_bare, status)
        monkeypatch.setattr(urls, f"handler{status}", answer, raising=False)


def _bare(status: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=status)


HERE = Path(__file__).resolve().parent
# These do not take long, or test queries rather than screens.
NO_TRIPS = {
    "test_any_order", "test_board", "test_board_size", "test_exchange_import", "test_in_step", "test_launch",
    "test_life_deleting", "test_life_restoring", "test_members", "test_newsroom", "test_readiness", "test_sending",
    "test_states", "test_stopped", "test_upkeep", "test_values", "test_worker",
}  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.stem not in NO_TRIPS:
            item.add_marker("trip")
