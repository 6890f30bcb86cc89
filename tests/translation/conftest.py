import pytest

from tests.translating import Newsroom, open_newsroom


@pytest.fixture
def newsroom(site) -> Newsroom:
    return open_newsroom(site)
